namespace RolloutWorkflows.DurableTask.Storage;

/// <summary>The call that a sub-orchestration answers.</summary>
/// <param name="InstanceId">Calling instance.</param>
/// <param name="ExecutionId">Its execution when it called.</param>
/// <param name="TaskId">Number of the call within that execution.</param>
/// <param name="Name">Name of the calling orchestrator.</param>
public sealed record ParentLink(string InstanceId, string ExecutionId, int TaskId, string Name);
