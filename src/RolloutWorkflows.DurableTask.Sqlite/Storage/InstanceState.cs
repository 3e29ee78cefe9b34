using RolloutWorkflows.DurableTask.Client;

namespace RolloutWorkflows.DurableTask.Sqlite;

/// <summary>The part of an instance's row that decides whether and how a change applies to it.</summary>
/// <param name="Number">Its number, under which its other rows lie.</param>
/// <param name="ExecutionId">Its current execution.</param>
/// <param name="LastSequence">The execution's last turn.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="HasResult">Whether it has an output, failure or parked reason, or has ended.</param>
internal readonly record struct InstanceState(long Number, string ExecutionId, long LastSequence, OrchestrationRuntimeStatus Status, bool HasResult)
{
    public bool HasEnded => Status
        is OrchestrationRuntimeStatus.Completed
        or OrchestrationRuntimeStatus.Failed
        or OrchestrationRuntimeStatus.Terminated;
}
