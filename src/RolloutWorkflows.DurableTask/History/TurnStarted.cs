using System.Text.Json.Serialization;

namespace RolloutWorkflows.DurableTask.History;

/// <summary>A turn began; what follows up to the next one belongs to it.</summary>
/// <param name="At">Orchestration time of the turn, in UTC.</param>
public sealed record TurnStarted(
    [property: JsonPropertyName("at")] DateTime At) : HistoryEvent;
