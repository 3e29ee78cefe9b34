using System.Text.Json.Nodes;

namespace RolloutWorkflows.Activities;

/// <summary>What a message carries for programs and people do not see.</summary>
/// <param name="Type">Its <c>event_type</c>.</param>
/// <param name="Payload">Its <c>event_payload</c>.</param>
public sealed record SlackMetadata(string Type, JsonObject Payload)
{
    /// <summary>The event type of everything that belongs to a run.</summary>
    public const string Rollout = "rollout_message";

    /// <summary>The mark by which a message of ours is found again.</summary>
    public static SlackMetadata Of(string runId, string messageId) => new(Rollout, new JsonObject { ["run"] = runId, ["message"] = messageId });

    /// <summary>The id of our message; null: it is none of ours.</summary>
    public string? MessageId => Type == Rollout && Payload["message"] is JsonValue value && value.TryGetValue(out string? id) ? id : null;
}
