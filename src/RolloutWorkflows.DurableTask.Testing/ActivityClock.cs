using System.Collections.Concurrent;
using RolloutWorkflows.DurableTask.Execution.Activities;
using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Testing;

/// <summary>
/// Knows which running activities do nothing but wait for the virtual clock. A delay counts as waiting. A timeout
/// (<c>CancelAfter</c>, <c>WaitAsync</c>) does not: whether it is reached depends on what else the activity awaits.
/// </summary>
internal sealed class ActivityClock(Action changed) : IActivityObserver
{
    private readonly AsyncLocal<Waiting?> _current = new();
    private readonly ConcurrentDictionary<ActivityKey, Waiting> _running = new();
    private int _waiting;
    private long _version;

    /// <summary>How many activities wait for the clock.</summary>
    public int WaitingActivities => Volatile.Read(ref _waiting);

    /// <summary>Grows with every change of <see cref="WaitingActivities"/>.</summary>
    public long Version => Volatile.Read(ref _version);

    public void Begin(ActivityKey activity)
    {
        Waiting waiting = new(this);
        _running[activity] = waiting;
        _current.Value = waiting;
    }

    public void End(ActivityKey activity)
    {
        if (_running.TryRemove(activity, out Waiting? waiting))
            waiting.End();
    }

    /// <summary>The activity in whose flow a timer is created, if the timer is a delay.</summary>
    public ITimerOwner? OwnerOf(object? timerState) =>
        timerState is Task task && task.GetType().Name.StartsWith("Delay", StringComparison.Ordinal) ? _current.Value : null;

    private void Count(int change)
    {
        Interlocked.Increment(ref _version);
        Interlocked.Add(ref _waiting, change);
        changed();
    }

    private sealed class Waiting(ActivityClock clock) : ITimerOwner
    {
        private readonly Lock _gate = new();
        private int _timers;
        private bool _ended;

        public void BeginWait()
        {
            lock (_gate)
            {
                if (_timers++ > 0 || _ended)
                    return;
            }

            clock.Count(1);
        }

        public void EndWait()
        {
            lock (_gate)
            {
                if (--_timers > 0 || _ended)
                    return;
            }

            clock.Count(-1);
        }

        public void End()
        {
            lock (_gate)
            {
                _ended = true;
                if (_timers == 0)
                    return;
            }

            clock.Count(-1);
        }
    }
}
