using RolloutWorkflows.DurableTask.History;
using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Execution.Activities;

/// <summary>Runs activities, up to a number at once, and reports how they ended.</summary>
internal sealed class ActivityDispatcher(
    ActivityRunner runner, int maxConcurrent, WorkCounter work, Action<ActivityKey, HistoryEvent> ended)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<RunningActivity> _backlog = new();
    private readonly HashSet<RunningActivity> _running = [];
    private TaskCompletionSource? _drained;
    private bool _stopping;

    /// <summary>Takes in an activity whose row is durable.</summary>
    public void Dispatch(ActivityRow call)
    {
        RunningActivity activity = new(call, this);
        lock (_gate)
        {
            if (_stopping || _running.Count >= maxConcurrent)
            {
                _backlog.AddLast(activity);
                return;
            }

            _running.Add(activity);
            work.Enter();
        }

        ThreadPool.UnsafeQueueUserWorkItem(activity, preferLocal: true);
    }

    /// <summary>Signals the running activities of an instance to stop, and forgets those that have not begun.</summary>
    public void CancelInstance(string instanceId)
    {
        List<RunningActivity> running;
        lock (_gate)
        {
            running = [.. _running.Where(activity => activity.Call.Key.InstanceId == instanceId)];
            for (LinkedListNode<RunningActivity>? node = _backlog.First; node is not null;)
            {
                LinkedListNode<RunningActivity>? next = node.Next;
                if (node.Value.Call.Key.InstanceId == instanceId)
                    _backlog.Remove(node);
                node = next;
            }
        }

        running.ForEach(activity => activity.Cancel());
    }

    /// <summary>Begins no further activity, and ends when those under way have ended.</summary>
    public Task StopAsync()
    {
        lock (_gate)
        {
            _stopping = true;
            if (_running.Count == 0)
                return Task.CompletedTask;
            _drained ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _drained.Task;
        }
    }

    /// <summary>Signals all running activities to stop; gives how many there are.</summary>
    public int CancelAll()
    {
        List<RunningActivity> running;
        lock (_gate)
            running = [.. _running];
        running.ForEach(activity => activity.Cancel());
        return running.Count;
    }

    /// <summary>Runs one activity to its end and reports it.</summary>
    internal async Task RunAsync(RunningActivity activity)
    {
        HistoryEvent end = await runner.RunAsync(activity);
        ended(activity.Call.Key, end);
        RunningActivity? next = null;
        lock (_gate)
        {
            _running.Remove(activity);
            if (!_stopping && _backlog.First is { } first)
            {
                next = first.Value;
                _backlog.RemoveFirst();
                _running.Add(next);
                work.Enter();
            }

            if (_running.Count == 0)
                _drained?.TrySetResult();
        }

        if (next is not null)
            ThreadPool.UnsafeQueueUserWorkItem(next, preferLocal: true);
        work.Leave();
    }
}
