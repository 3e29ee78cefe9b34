using System.Text.Json.Serialization;

namespace RolloutWorkflows.DurableTask.History;

/// <summary>An event arrived.</summary>
/// <param name="Name">Name of the event.</param>
/// <param name="Payload">Serialised payload.</param>
public sealed record EventRaised(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("in")] string? Payload) : HistoryEvent;
