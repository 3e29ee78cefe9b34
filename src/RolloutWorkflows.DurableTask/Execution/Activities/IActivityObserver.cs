using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Execution.Activities;

/// <summary>Learns when activities run, so that a host that drives time knows what waits for it.</summary>
internal interface IActivityObserver
{
    /// <summary>The activity begins, within the calling flow of control.</summary>
    void Begin(ActivityKey activity);

    /// <summary>The activity has ended.</summary>
    void End(ActivityKey activity);
}
