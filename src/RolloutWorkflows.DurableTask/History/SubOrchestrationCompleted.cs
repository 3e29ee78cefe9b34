using System.Text.Json.Serialization;

namespace RolloutWorkflows.DurableTask.History;

/// <summary>A sub-orchestration answered.</summary>
/// <param name="TaskId">Number of the call.</param>
/// <param name="Result">Serialised output.</param>
public sealed record SubOrchestrationCompleted(
    [property: JsonPropertyName("id")] int TaskId,
    [property: JsonPropertyName("out")] string? Result) : HistoryEvent;
