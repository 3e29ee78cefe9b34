using System.Text.Json.Nodes;

namespace RolloutWorkflows.Counterparts;

/// <summary>A dialog that the app opened for a person.</summary>
/// <param name="Id">The view's id.</param>
/// <param name="User">Who sees it.</param>
/// <param name="View">As the app sent it.</param>
public sealed record FakeSlackView(string Id, string User, JsonObject View)
{
    public string? CallbackId => (string?)View["callback_id"];

    public string? PrivateMetadata => (string?)View["private_metadata"];
}
