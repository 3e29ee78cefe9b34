using System.Text.Json.Serialization;

namespace RolloutWorkflows.DurableTask.History;

/// <summary>A sub-orchestration failed, was terminated or could not be created.</summary>
/// <param name="TaskId">Number of the call.</param>
/// <param name="Failure">Why.</param>
public sealed record SubOrchestrationFailed(
    [property: JsonPropertyName("id")] int TaskId,
    [property: JsonPropertyName("fail")] FailureRecord Failure) : HistoryEvent;
