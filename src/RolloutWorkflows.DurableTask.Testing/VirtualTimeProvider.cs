namespace RolloutWorkflows.DurableTask.Testing;

/// <summary>
/// A clock that stands still until it is advanced. It drives everything that takes a <see cref="TimeProvider"/>:
/// <c>Task.Delay</c>, <c>CancelAfter</c>, timers, and the durable timers of an engine that uses it. Safe for use by
/// many threads at once.
/// </summary>
public sealed class VirtualTimeProvider : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly SortedSet<VirtualTimer> _timers = new(Comparer<VirtualTimer>.Create(VirtualTimer.Compare));
    private DateTimeOffset _now;
    private long _created;

    /// <param name="start">First time of the clock. Default: 1 January 2026, 00:00 UTC.</param>
    public VirtualTimeProvider(DateTimeOffset? start = null) => _now = (start ?? new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)).ToUniversalTime();

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>When the next timer is due, or <see langword="null"/> if none is set.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (_gate)
                return _timers.Min?.DueAt;
        }
    }

    /// <summary>Finds what owns a timer that is being created, for hosts that need to know who waits for time.</summary>
    internal Func<object?, ITimerOwner?>? OwnerOf { get; set; }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _now;
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        VirtualTimer timer = new(this, callback, state, Interlocked.Increment(ref _created), OwnerOf?.Invoke(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock on, firing on the calling thread, in order, every timer that comes due on the way.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        AdvanceTo(GetUtcNow() + by);
    }

    /// <summary>Moves the clock on to a time, firing on the calling thread, in order, every timer that comes due on the way. A time that has passed fires what is due and leaves the clock.</summary>
    public void AdvanceTo(DateTimeOffset time)
    {
        while (TakeDue(time) is { } due)
            due.Fire();
    }

    internal void Schedule(VirtualTimer timer, TimeSpan dueTime)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
            if (dueTime == Timeout.InfiniteTimeSpan)
                return;
            timer.DueAt = _now + dueTime;
            _timers.Add(timer);
        }
    }

    private VirtualTimer? TakeDue(DateTimeOffset until)
    {
        lock (_gate)
        {
            if (_timers.Min is not { } next || next.DueAt > until)
            {
                _now = until > _now ? until : _now;
                return null;
            }

            _timers.Remove(next);
            _now = next.DueAt > _now ? next.DueAt : _now;
            if (next.Period > TimeSpan.Zero)
            {
                next.DueAt = _now + next.Period;
                _timers.Add(next);
            }

            return next;
        }
    }
}
