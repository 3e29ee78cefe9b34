using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Execution.Actors;

/// <summary>Callers that wait for an instance to start or end. They are told by the commit itself; nobody polls.</summary>
internal sealed class InstanceWaiters
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<Waiter>> _waiters = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>How many wait.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Told when a waiter was added.</summary>
    public Action? Added { get; set; }

    /// <summary>Waits until a committed state of the instance fulfils a condition.</summary>
    public async Task WaitAsync(string instanceId, Func<InstanceRow, bool> until, Func<Task<InstanceRow?>> read, CancellationToken cancellation)
    {
        Waiter waiter = new(until);
        lock (_gate)
        {
            if (!_waiters.TryGetValue(instanceId, out List<Waiter>? waiters))
                _waiters[instanceId] = waiters = [];
            waiters.Add(waiter);
        }

        Interlocked.Increment(ref _count);
        try
        {
            // Read only after registering: a change in between is seen by one of the two.
            if (await read() is { } row && until(row))
                return;
            Added?.Invoke();
            await waiter.Reached.Task.WaitAsync(cancellation);
        }
        finally
        {
            Remove(instanceId, waiter);
        }
    }

    /// <summary>Tells waiters of a committed state.</summary>
    public void Signal(InstanceRow row)
    {
        if (Count == 0)
            return;
        List<Waiter> reached;
        lock (_gate)
        {
            if (!_waiters.TryGetValue(row.InstanceId, out List<Waiter>? waiters))
                return;
            reached = waiters.FindAll(waiter => waiter.Until(row));
        }

        foreach (Waiter waiter in reached)
        {
            // No longer waiting from here on, even before its continuation has run.
            Remove(row.InstanceId, waiter);
            waiter.Reached.TrySetResult();
        }
    }

    private void Remove(string instanceId, Waiter waiter)
    {
        lock (_gate)
        {
            if (!_waiters.TryGetValue(instanceId, out List<Waiter>? waiters) || !waiters.Remove(waiter))
                return;
            if (waiters.Count == 0)
                _waiters.Remove(instanceId);
        }

        Interlocked.Decrement(ref _count);
    }

    private sealed record Waiter(Func<InstanceRow, bool> Until)
    {
        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
