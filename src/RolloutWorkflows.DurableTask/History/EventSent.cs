using System.Text.Json.Serialization;

namespace RolloutWorkflows.DurableTask.History;

/// <summary>An event was sent to another instance.</summary>
/// <param name="TaskId">Number of the action.</param>
/// <param name="InstanceId">The receiving instance.</param>
/// <param name="Name">Name of the event.</param>
public sealed record EventSent(
    [property: JsonPropertyName("id")] int TaskId,
    [property: JsonPropertyName("inst")] string InstanceId,
    [property: JsonPropertyName("name")] string Name) : HistoryEvent;
