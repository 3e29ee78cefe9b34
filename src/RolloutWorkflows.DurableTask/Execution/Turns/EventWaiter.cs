namespace RolloutWorkflows.DurableTask.Execution.Turns;

/// <summary>One wait for an event.</summary>
internal abstract class EventWaiter
{
    public abstract Type PayloadType { get; }

    /// <summary>Whether it still wants an event.</summary>
    public abstract bool IsWaiting { get; }

    public CancellationTokenRegistration Cancellation { get; set; }

    public abstract void Receive(string? payload, DataConverter converter);

    public abstract void Cancel(CancellationToken token);
}
