using System.Text.Json.Serialization;

namespace RolloutWorkflows.DurableTask.History;

/// <summary>A timer was created.</summary>
/// <param name="TaskId">Number of the timer.</param>
/// <param name="DueAt">When it fires, in UTC.</param>
public sealed record TimerCreated(
    [property: JsonPropertyName("id")] int TaskId,
    [property: JsonPropertyName("due")] DateTime DueAt) : HistoryEvent;
