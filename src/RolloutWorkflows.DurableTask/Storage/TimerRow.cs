namespace RolloutWorkflows.DurableTask.Storage;

/// <summary>A durable timer. Instance, execution and task identify it.</summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="ExecutionId">The execution.</param>
/// <param name="TaskId">Number of the timer within the execution; <see cref="StartTaskId"/> for a scheduled start.</param>
/// <param name="DueAt">When it fires, in UTC.</param>
public readonly record struct TimerRow(string InstanceId, string ExecutionId, int TaskId, DateTime DueAt)
{
    /// <summary>Task id of the timer that starts an instance at its start time.</summary>
    public const int StartTaskId = -1;
}
