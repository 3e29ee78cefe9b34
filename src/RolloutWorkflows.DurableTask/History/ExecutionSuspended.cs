using System.Text.Json.Serialization;

namespace RolloutWorkflows.DurableTask.History;

/// <summary>The instance was suspended.</summary>
/// <param name="Reason">Why, if told.</param>
public sealed record ExecutionSuspended(
    [property: JsonPropertyName("why")] string? Reason) : HistoryEvent;
