namespace RolloutWorkflows.DurableTask;

/// <summary>The orchestration that started this one as its sub-orchestration.</summary>
/// <param name="Name">Name of the parent orchestrator.</param>
/// <param name="InstanceId">Instance id of the parent.</param>
public record ParentOrchestrationInstance(TaskName Name, string InstanceId);
