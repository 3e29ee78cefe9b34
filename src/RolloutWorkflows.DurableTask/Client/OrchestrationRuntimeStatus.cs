namespace RolloutWorkflows.DurableTask.Client;

/// <summary>Where an instance stands.</summary>
public enum OrchestrationRuntimeStatus
{
    /// <summary>It has started and has not ended.</summary>
    Running,

    /// <summary>It has ended with its output.</summary>
    Completed,

    /// <summary>Kept for compatibility; never set.</summary>
    [Obsolete("Kept for compatibility; an instance that continues as new is running.")]
    ContinuedAsNew,

    /// <summary>It has ended with an error.</summary>
    Failed,

    /// <summary>Kept for compatibility; never set.</summary>
    [Obsolete("Kept for compatibility; never set.")]
    Canceled,

    /// <summary>It was ended from outside.</summary>
    Terminated,

    /// <summary>It is scheduled and has not started.</summary>
    Pending,

    /// <summary>It is held until resumed.</summary>
    Suspended,
}
