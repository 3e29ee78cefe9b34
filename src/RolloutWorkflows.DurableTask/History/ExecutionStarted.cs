using System.Text.Json.Serialization;

namespace RolloutWorkflows.DurableTask.History;

/// <summary>The execution began. Name, version, input, tags and parent stand in the instance row.</summary>
/// <param name="ExecutionId">The execution.</param>
public sealed record ExecutionStarted(
    [property: JsonPropertyName("exec")] string ExecutionId) : HistoryEvent;
