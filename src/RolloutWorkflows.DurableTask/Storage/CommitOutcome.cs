namespace RolloutWorkflows.DurableTask.Storage;

/// <summary>Whether a unit was applied.</summary>
public enum CommitOutcome
{
    /// <summary>Applied and durable.</summary>
    Committed,

    /// <summary>Not applied: the instance is in another state than its update expects.</summary>
    Stale,

    /// <summary>Not applied: an instance to create exists in a status that must not be replaced, and no conflict message was given.</summary>
    Rejected,
}
