using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Tests.Conformance;

/// <summary>
/// A store whose commits of turns and reads of histories and inboxes fail now and then; some commits only after they
/// were applied. Calls of clients never fail, so that a test knows what was accepted.
/// </summary>
internal sealed class FailingStore(IOrchestrationStore inner, int seed) : IOrchestrationStore
{
    private readonly Random _random = new(seed);
    private int _failures;

    /// <summary>How many calls failed.</summary>
    public int Failures => _failures;

    public Task<StoreRecovery> OpenAsync(CancellationToken cancellation) => inner.OpenAsync(cancellation);

    public async Task<CommitResult> CommitAsync(StoreUnit unit)
    {
        if (unit.Update is null)
            return await inner.CommitAsync(unit);
        await FailNowAndThenAsync();
        CommitResult result = await inner.CommitAsync(unit);
        await FailNowAndThenAsync();
        return result;
    }

    public Task<InstanceRow?> GetInstanceAsync(string instanceId, CancellationToken cancellation) => inner.GetInstanceAsync(instanceId, cancellation);

    public Task<InstancePage> QueryInstancesAsync(InstanceQuery query, CancellationToken cancellation) => inner.QueryInstancesAsync(query, cancellation);

    public async Task<IReadOnlyList<HistoryBatch>> LoadHistoryAsync(string instanceId, string executionId, CancellationToken cancellation)
    {
        await FailNowAndThenAsync();
        return await inner.LoadHistoryAsync(instanceId, executionId, cancellation);
    }

    public async Task<IReadOnlyList<StoreMessage>> LoadInboxAsync(string instanceId, CancellationToken cancellation)
    {
        await FailNowAndThenAsync();
        return await inner.LoadInboxAsync(instanceId, cancellation);
    }

    public Task<IReadOnlyList<string>> LoadRunnableInstancesAsync(DateTime now, CancellationToken cancellation) =>
        inner.LoadRunnableInstancesAsync(now, cancellation);

    public Task<IReadOnlyList<TimerRow>> LoadTimersAsync(DateTime after, DateTime until, CancellationToken cancellation) =>
        inner.LoadTimersAsync(after, until, cancellation);

    public Task<DateTime?> GetNextTimerAsync(DateTime after, CancellationToken cancellation) => inner.GetNextTimerAsync(after, cancellation);

    public Task<IReadOnlyList<ActivityRow>> LoadActivitiesAsync(CancellationToken cancellation) => inner.LoadActivitiesAsync(cancellation);

    public Task<IReadOnlyList<DeadLetter>> LoadDeadLettersAsync(int limit, CancellationToken cancellation) =>
        inner.LoadDeadLettersAsync(limit, cancellation);

    public Task CloseAsync(CancellationToken cancellation) => inner.CloseAsync(cancellation);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private async Task FailNowAndThenAsync()
    {
        // Leaving the caller's thread shows what relies on a store that answers at once.
        await Task.Yield();
        lock (_random)
        {
            if (_random.Next(10) > 0)
                return;
        }

        Interlocked.Increment(ref _failures);
        throw new StoreException("Failed by lot.");
    }
}
