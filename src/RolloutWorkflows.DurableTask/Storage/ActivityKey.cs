namespace RolloutWorkflows.DurableTask.Storage;

/// <summary>Identifies one activity call.</summary>
/// <param name="InstanceId">The calling instance.</param>
/// <param name="ExecutionId">Its execution.</param>
/// <param name="TaskId">Number of the call within the execution.</param>
public readonly record struct ActivityKey(string InstanceId, string ExecutionId, int TaskId);
