using System.Text.Json.Serialization;

namespace RolloutWorkflows.DurableTask.History;

/// <summary>An activity was called. Its input is kept with the open activity, not in the history.</summary>
/// <param name="TaskId">Number of the call.</param>
/// <param name="Name">Name of the activity.</param>
public sealed record TaskScheduled(
    [property: JsonPropertyName("id")] int TaskId,
    [property: JsonPropertyName("name")] string Name) : HistoryEvent;
