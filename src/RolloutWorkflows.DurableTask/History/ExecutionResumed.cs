using System.Text.Json.Serialization;

namespace RolloutWorkflows.DurableTask.History;

/// <summary>The instance was resumed.</summary>
/// <param name="Reason">Why, if told.</param>
public sealed record ExecutionResumed(
    [property: JsonPropertyName("why")] string? Reason) : HistoryEvent;
