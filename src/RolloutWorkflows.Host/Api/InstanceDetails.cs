using System.Text.Json.Nodes;

namespace RolloutWorkflows.Host;

/// <summary>An orchestration instance, as Durable Functions shows it; and why it cannot go on, where it cannot.</summary>
public sealed record InstanceDetails
{
    public required string Name { get; init; }

    public required string InstanceId { get; init; }

    public required string RuntimeStatus { get; init; }

    public JsonNode? Input { get; init; }

    public JsonNode? CustomStatus { get; init; }

    public JsonNode? Output { get; init; }

    /// <summary>UTC, to the second.</summary>
    public required string CreatedTime { get; init; }

    /// <summary>UTC, to the second.</summary>
    public required string LastUpdatedTime { get; init; }

    public IReadOnlyList<JsonObject>? HistoryEvents { get; init; }

    /// <summary>Why the engine cannot go on with it; <c>resume</c> lets it try again.</summary>
    public string? ParkedReason { get; init; }
}
