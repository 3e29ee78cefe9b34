using System.Text.Json.Serialization;

namespace RolloutWorkflows.DurableTask.History;

/// <summary>A timer fired.</summary>
/// <param name="TaskId">Number of the timer.</param>
public sealed record TimerFired(
    [property: JsonPropertyName("id")] int TaskId) : HistoryEvent;
