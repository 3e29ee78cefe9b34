namespace RolloutWorkflows.DurableTask.Execution.Turns;

/// <summary>
/// The orchestration's own thread of control. Continuations run on the thread that runs the turn; one that comes from
/// elsewhere means that the orchestrator awaited something the engine does not know, and is refused and remembered.
/// </summary>
internal sealed class OrchestratorSynchronizationContext : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _posted = new();
    private volatile int _turnThread;
    private volatile bool _sawForeignContinuation;

    /// <summary>Told when a continuation comes from outside a turn. May be called on any thread.</summary>
    public Action? ForeignContinuation { get; set; }

    /// <summary>Whether a continuation ever came from outside a turn.</summary>
    public bool SawForeignContinuation => _sawForeignContinuation;

    /// <summary>Whether the caller runs within the turn.</summary>
    public bool IsCurrent => ReferenceEquals(Current, this) && _turnThread == Environment.CurrentManagedThreadId;

    /// <summary>Makes the calling thread the one that runs the turn; gives what <see cref="Exit"/> needs.</summary>
    public SynchronizationContext? Enter()
    {
        SynchronizationContext? previous = Current;
        _turnThread = Environment.CurrentManagedThreadId;
        SetSynchronizationContext(this);
        return previous;
    }

    /// <summary>Ends the turn on the calling thread.</summary>
    public void Exit(SynchronizationContext? previous)
    {
        SetSynchronizationContext(previous);
        _turnThread = 0;
    }

    /// <summary>Runs what was posted within the turn, until nothing is left.</summary>
    public void Drain()
    {
        while (_posted.TryDequeue(out (SendOrPostCallback Callback, object? State) next))
            next.Callback(next.State);
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (IsCurrent)
            _posted.Enqueue((d, state));
        else
            Refuse();
    }

    public override void Send(SendOrPostCallback d, object? state)
    {
        if (!IsCurrent)
            throw new NotSupportedException("Work cannot be sent to an orchestration from outside its turn.");
        d(state);
    }

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Remembers that the orchestrator left its own thread of control.</summary>
    public void Refuse()
    {
        bool first = !_sawForeignContinuation;
        _sawForeignContinuation = true;
        if (first)
            ForeignContinuation?.Invoke();
    }
}
