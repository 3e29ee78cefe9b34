using System.Text.Json.Serialization;

namespace RolloutWorkflows.DurableTask.History;

/// <summary>An activity answered.</summary>
/// <param name="TaskId">Number of the call.</param>
/// <param name="Result">Serialised output.</param>
public sealed record TaskCompleted(
    [property: JsonPropertyName("id")] int TaskId,
    [property: JsonPropertyName("out")] string? Result) : HistoryEvent;
