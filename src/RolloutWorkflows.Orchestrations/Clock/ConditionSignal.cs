namespace RolloutWorkflows.Orchestrations;

/// <summary>
/// Lets orchestration code await a condition over its own state: <c>await signal.Until(() =&gt; approved)</c>. Whoever
/// changes the state calls <see cref="Changed"/>. Single-threaded like the orchestration that owns it, and replay-safe
/// because it holds no state of its own that history does not reproduce.
/// </summary>
internal sealed class ConditionSignal
{
    private readonly List<(Func<bool> Condition, TaskCompletionSource Waiter)> waiters = [];

    /// <summary>Completes once the condition holds; at once where it does already.</summary>
    public Task Until(Func<bool> condition)
    {
        if (condition()) return Task.CompletedTask;
        var waiter = new TaskCompletionSource();
        waiters.Add((condition, waiter));
        return waiter.Task;
    }

    /// <summary>Looks at every awaited condition again.</summary>
    public void Changed()
    {
        foreach (var entry in waiters.Where(entry => entry.Condition()).ToList())
        {
            waiters.Remove(entry);
            entry.Waiter.TrySetResult();
        }
    }
}
