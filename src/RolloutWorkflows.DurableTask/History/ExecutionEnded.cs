using System.Text.Json.Serialization;
using RolloutWorkflows.DurableTask.Client;

namespace RolloutWorkflows.DurableTask.History;

/// <summary>The execution ended. Output and failure stand in the instance row.</summary>
/// <param name="Status">The final status.</param>
public sealed record ExecutionEnded(
    [property: JsonPropertyName("status")] OrchestrationRuntimeStatus Status) : HistoryEvent;
