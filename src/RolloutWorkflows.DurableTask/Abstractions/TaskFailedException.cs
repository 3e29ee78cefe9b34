namespace RolloutWorkflows.DurableTask;

/// <summary>An activity or sub-orchestration failed.</summary>
public sealed class TaskFailedException : Exception
{
    /// <param name="taskName">Name of the failed task.</param>
    /// <param name="taskId">Number of the task within its orchestration.</param>
    /// <param name="innerException">The failure.</param>
    public TaskFailedException(string taskName, int taskId, Exception innerException)
        : base(Describe(taskName, taskId, innerException.Message), innerException)
    {
        TaskName = taskName;
        TaskId = taskId;
        FailureDetails = TaskFailureDetails.FromException(innerException);
    }

    /// <param name="taskName">Name of the failed task.</param>
    /// <param name="taskId">Number of the task within its orchestration.</param>
    /// <param name="failureDetails">The failure as it was recorded.</param>
    public TaskFailedException(string taskName, int taskId, TaskFailureDetails failureDetails)
        : base(Describe(taskName, taskId, failureDetails.ErrorMessage))
    {
        TaskName = taskName;
        TaskId = taskId;
        FailureDetails = failureDetails;
    }

    /// <summary>Name of the failed task.</summary>
    public string TaskName { get; }

    /// <summary>Number of the task within its orchestration.</summary>
    public int TaskId { get; }

    /// <summary>The failure as it was recorded.</summary>
    public TaskFailureDetails FailureDetails { get; }

    private static string Describe(string name, int id, string? cause) => cause is null
        ? $"Task '{name}' (#{id}) failed with an unhandled exception."
        : $"Task '{name}' (#{id}) failed with an unhandled exception: {cause}";
}
