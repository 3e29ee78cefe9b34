namespace RolloutWorkflows.DurableTask;

/// <summary>What an activity may know about the call it serves.</summary>
/// <remarks>
/// An activity runs at least once: after a crash between its effect and the commit of its result it runs again.
/// <see cref="TaskActivityContextExtensions.GetIdempotencyKey"/> gives a key that is equal in all runs of one call.
/// </remarks>
public abstract class TaskActivityContext
{
    /// <summary>Name under which the activity was called.</summary>
    public abstract TaskName Name { get; }

    /// <summary>Instance id of the calling orchestration.</summary>
    public abstract string InstanceId { get; }

    /// <summary>Version the activity was called with; empty when unversioned.</summary>
    public virtual string Version => string.Empty;
}
