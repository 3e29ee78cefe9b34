using System.Text.Json.Serialization;

namespace RolloutWorkflows.DurableTask.History;

/// <summary>The instance was ended from outside.</summary>
/// <param name="Output">Serialised output.</param>
/// <param name="Recursive">Whether running descendants are ended too.</param>
public sealed record ExecutionTerminated(
    [property: JsonPropertyName("out")] string? Output,
    [property: JsonPropertyName("rec")] bool Recursive) : HistoryEvent;
