using System.Text.Json.Serialization;

namespace RolloutWorkflows.DurableTask.History;

/// <summary>An activity failed.</summary>
/// <param name="TaskId">Number of the call.</param>
/// <param name="Failure">Why.</param>
public sealed record TaskFailed(
    [property: JsonPropertyName("id")] int TaskId,
    [property: JsonPropertyName("fail")] FailureRecord Failure) : HistoryEvent;
