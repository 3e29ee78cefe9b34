namespace RolloutWorkflows.DurableTask.Testing;

/// <summary>A timer of the virtual clock.</summary>
internal sealed class VirtualTimer(VirtualTimeProvider clock, TimerCallback callback, object? state, long number, ITimerOwner? owner) : ITimer
{
    private readonly Lock _gate = new();
    private bool _waitedFor;
    private bool _disposed;

    /// <summary>When it fires; owned by the clock while it is scheduled.</summary>
    public DateTimeOffset DueAt { get; set; }

    public TimeSpan Period { get; private set; }

    public static int Compare(VirtualTimer a, VirtualTimer b)
    {
        int order = a.DueAt.CompareTo(b.DueAt);
        return order == 0 ? a.Number.CompareTo(b.Number) : order;
    }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            if (_disposed)
                return false;
            Period = period == Timeout.InfiniteTimeSpan ? TimeSpan.Zero : period;
            SetWaitedFor(dueTime != Timeout.InfiniteTimeSpan);
            clock.Schedule(this, dueTime);
            return true;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            SetWaitedFor(false);
            clock.Schedule(this, Timeout.InfiniteTimeSpan);
        }
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Runs the callback. Whoever waited for the timer counts as busy from before it runs.</summary>
    public void Fire()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            if (Period == TimeSpan.Zero)
                SetWaitedFor(false);
        }

        callback(state);
    }

    private long Number => number;

    private void SetWaitedFor(bool waitedFor)
    {
        if (_waitedFor == waitedFor)
            return;
        _waitedFor = waitedFor;
        if (waitedFor)
            owner?.BeginWait();
        else
            owner?.EndWait();
    }
}
