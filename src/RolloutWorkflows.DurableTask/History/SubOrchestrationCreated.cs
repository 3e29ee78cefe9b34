using System.Text.Json.Serialization;

namespace RolloutWorkflows.DurableTask.History;

/// <summary>A sub-orchestration was called.</summary>
/// <param name="TaskId">Number of the call.</param>
/// <param name="Name">Name of the orchestrator.</param>
/// <param name="InstanceId">Instance id of the child.</param>
public sealed record SubOrchestrationCreated(
    [property: JsonPropertyName("id")] int TaskId,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("inst")] string InstanceId) : HistoryEvent;
