using System.Text.Json.Nodes;

namespace RolloutWorkflows.Counterparts;

/// <summary>What the app answered to a click, a dialog or a slash command.</summary>
/// <param name="Status">Of the HTTP answer; 200 where it came by socket.</param>
/// <param name="Body">Its body, or the payload of the acknowledgement; empty: none.</param>
/// <param name="Took">From sending to the answer, in real time.</param>
public sealed record FakeSlackAnswer(int Status, string Body, TimeSpan Took)
{
    public JsonObject? Json => Body.Length == 0 ? null : JsonNode.Parse(Body) as JsonObject;
}
