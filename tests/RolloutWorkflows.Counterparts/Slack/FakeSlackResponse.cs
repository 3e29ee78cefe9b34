using System.Text.Json.Nodes;

namespace RolloutWorkflows.Counterparts;

/// <summary>What the app posted to a <c>response_url</c>.</summary>
/// <param name="User">Whose click or command it answers.</param>
/// <param name="Body">As the app sent it.</param>
public sealed record FakeSlackResponse(string User, JsonObject Body)
{
    public string Text => (string?)Body["text"] ?? "";
}
