using Microsoft.Extensions.Logging;
using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Execution.Timers;

/// <summary>
/// Fires durable timers. Only those due within the horizon are in memory; the rest are rows, of which the service
/// knows the earliest. One armed <see cref="ITimer"/> is all that waits, so idle timers cost nothing.
/// </summary>
internal sealed class TimerService(
    IOrchestrationStore store, TimeProvider time, TimeSpan clockCheck, WorkCounter work, Action<TimerRow> fire, ILogger logger) : IDisposable
{
    /// <summary>How far ahead timers are held in memory.</summary>
    internal static readonly TimeSpan Horizon = TimeSpan.FromSeconds(120);

    // The runtime's timers take at most about 49 days.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromDays(40);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    // A sleep is measured by a clock that stands still while the machine is suspended and ignores corrections of the
    // wall clock, so the wall clock is looked at in between.
    private readonly TimeSpan _longestSleep = clockCheck > TimeSpan.Zero && clockCheck < LongestSleep ? clockCheck : LongestSleep;
    private readonly Lock _gate = new();
    private readonly PriorityQueue<TimerRow, DateTime> _heap = new();
    private readonly HashSet<TimerRow> _armed = [];
    private DateTime _horizonEnd = DateTime.MinValue;
    private DateTime? _nextBeyond;
    private DateTime _armedFor = DateTime.MaxValue;
    private ITimer? _timer;
    private bool _loading;

    /// <summary>Begins to fire timers, with those that came due while nobody ran.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        _timer = time.CreateTimer(static state => ((TimerService)state!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        lock (_gate)
            _loading = true;
        await LoadAsync(cancellation);
        Wake();
    }

    /// <summary>Takes in a timer whose row is durable.</summary>
    public void Add(TimerRow timer)
    {
        lock (_gate)
        {
            if (timer.DueAt > _horizonEnd)
                _nextBeyond = _nextBeyond is { } next && next <= timer.DueAt ? next : timer.DueAt;
            else
                Push(timer);
        }

        Arm();
    }

    /// <summary>Forgets a timer whose row is gone.</summary>
    public void Remove(TimerRow timer)
    {
        lock (_gate)
            _armed.Remove(timer);
    }

    public void Dispose() => _timer?.Dispose();

    private void Push(TimerRow timer)
    {
        if (_armed.Add(timer))
            _heap.Enqueue(timer, timer.DueAt);
    }

    private void Wake()
    {
        work.Enter();
        try
        {
            DateTime now = time.GetUtcNow().UtcDateTime;
            bool load;
            lock (_gate)
            {
                _armedFor = DateTime.MaxValue;
                load = !_loading && _nextBeyond <= now + Horizon / 2;
                _loading |= load;
            }

            FireDue(now);
            if (load)
                _ = ReloadAsync();
            else
                Arm();
        }
        finally
        {
            work.Leave();
        }
    }

    private void FireDue(DateTime now)
    {
        while (true)
        {
            TimerRow due;
            lock (_gate)
            {
                if (!_heap.TryPeek(out due, out DateTime dueAt) || dueAt > now)
                    return;
                _heap.Dequeue();
                if (!_armed.Remove(due))
                    continue;
            }

            fire(due);
        }
    }

    private async Task ReloadAsync()
    {
        work.Enter();
        try
        {
            await LoadAsync(CancellationToken.None);
            Wake();
        }
        catch (Exception error)
        {
            // The rows are still there; without them being read nothing of them is lost, only late.
            logger.TimerLoadFailed(error, RetryDelay);
            lock (_gate)
            {
                _loading = false;
                _armedFor = DateTime.MinValue;
            }

            _timer?.Change(RetryDelay, Timeout.InfiniteTimeSpan);
        }
        finally
        {
            work.Leave();
        }
    }

    private async Task LoadAsync(CancellationToken cancellation)
    {
        DateTime after, until;
        lock (_gate)
        {
            // Timers added from here on see the new horizon; one that is also read from its row is kept once.
            after = _horizonEnd;
            until = time.GetUtcNow().UtcDateTime + Horizon;
            _horizonEnd = until;
            _nextBeyond = null;
        }

        try
        {
            IReadOnlyList<TimerRow> rows = await store.LoadTimersAsync(after, until, cancellation);
            DateTime? beyond = await store.GetNextTimerAsync(until, cancellation);
            lock (_gate)
            {
                foreach (TimerRow row in rows)
                    Push(row);
                if (beyond is { } later && (_nextBeyond is not { } known || later < known))
                    _nextBeyond = later;
                _loading = false;
            }
        }
        catch
        {
            lock (_gate)
            {
                _horizonEnd = after;
                _nextBeyond = after.AddTicks(1);
            }

            throw;
        }
    }

    private void Arm()
    {
        lock (_gate)
        {
            if (_timer is null || _loading)
                return;
            DateTime next = _heap.TryPeek(out _, out DateTime dueAt) ? dueAt : DateTime.MaxValue;
            if (_nextBeyond < next)
                next = _nextBeyond.Value;
            if (next >= _armedFor)
                return;

            _armedFor = next;
            TimeSpan sleep = next - time.GetUtcNow().UtcDateTime;
            // Whole milliseconds, rounded up: waking early would only mean sleeping again.
            sleep = sleep <= TimeSpan.Zero ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Math.Ceiling(sleep.TotalMilliseconds));
            _timer.Change(sleep < _longestSleep ? sleep : _longestSleep, Timeout.InfiniteTimeSpan);
        }
    }
}
