namespace RolloutWorkflows.DurableTask.Testing;

/// <summary>Something that waits for timers of the virtual clock.</summary>
internal interface ITimerOwner
{
    void BeginWait();

    void EndWait();
}
