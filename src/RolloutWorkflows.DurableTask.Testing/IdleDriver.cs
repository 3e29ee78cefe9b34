using RolloutWorkflows.DurableTask.Execution;

namespace RolloutWorkflows.DurableTask.Testing;

/// <summary>
/// Knows when the engine can do nothing more at the present time, and moves the clock on then if it is to. Idle is
/// counted, never guessed: no turn, commit, call or activity is under way except activities that wait for the clock.
/// </summary>
internal sealed class IdleDriver : IAsyncDisposable
{
    private readonly OrchestrationEngine _engine;
    private readonly VirtualTimeProvider _time;
    private readonly ActivityClock _activities;
    private readonly bool _autoAdvance;
    private readonly SemaphoreSlim _signal = new(0);
    private readonly Lock _gate = new();
    private readonly List<TaskCompletionSource> _idleWaiters = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private int _signalled;

    public IdleDriver(OrchestrationEngine engine, VirtualTimeProvider time, bool autoAdvance)
    {
        _engine = engine;
        _time = time;
        _autoAdvance = autoAdvance;
        _activities = new(Signal);
        engine.ActivityObserver = _activities;
        engine.Actors.Work.Left = _ => Signal();
        engine.Actors.Waiters.Added = Signal;
        time.OwnerOf = _activities.OwnerOf;
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Ends once nothing more can happen at the present time.</summary>
    public Task WhenIdleAsync()
    {
        TaskCompletionSource idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
            _idleWaiters.Add(idle);
        Signal();
        return idle.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _stop.Cancel();
        _signal.Release();
        await _loop;
        _stop.Dispose();
        _signal.Dispose();
    }

    private void Signal()
    {
        if (Interlocked.Exchange(ref _signalled, 1) == 0 && !_stop.IsCancellationRequested)
            _signal.Release();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            await _signal.WaitAsync();
            Volatile.Write(ref _signalled, 0);
            while (IsIdle() && !_stop.IsCancellationRequested)
            {
                if (!ReleaseWaiters() && !TryAdvance())
                    break;
            }
        }
    }

    private bool ReleaseWaiters()
    {
        List<TaskCompletionSource> waiters;
        lock (_gate)
        {
            waiters = [.. _idleWaiters];
            _idleWaiters.Clear();
        }

        waiters.ForEach(waiter => waiter.TrySetResult());
        return waiters.Count > 0;
    }

    private bool TryAdvance()
    {
        // Time passes only while somebody waits for an outcome; between two calls of a test it stands still.
        if (!_autoAdvance || _engine.Actors.Waiters.Count == 0 || _time.NextDue is not { } next)
            return false;
        _time.AdvanceTo(next);
        return true;
    }

    private bool IsIdle()
    {
        WorkCounter work = _engine.Actors.Work;
        while (true)
        {
            long version = work.Version + _activities.Version;
            int busy = work.Count - _activities.WaitingActivities;
            if (version == work.Version + _activities.Version)
                return busy <= 0;
        }
    }
}
