using RolloutWorkflows.DurableTask.Client;

namespace RolloutWorkflows.DurableTask.Execution.Turns;

/// <summary>How the orchestrator ended.</summary>
internal sealed record Completion(OrchestrationRuntimeStatus Status, string? Output, TaskFailureDetails? Failure);
