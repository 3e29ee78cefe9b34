using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Tests.Engine;

/// <summary>Applies a unit and then reports that it failed, as a store does whose connection breaks at the wrong moment.</summary>
internal sealed class ForgetfulStore(IOrchestrationStore inner, Func<StoreUnit, bool> forgets) : IOrchestrationStore
{
    public int Forgotten { get; private set; }

    public async Task<CommitResult> CommitAsync(StoreUnit unit)
    {
        CommitResult result = await inner.CommitAsync(unit);
        if (Forgotten > 0 || !forgets(unit))
            return result;
        Forgotten++;
        throw new StoreException("the connection broke");
    }

    public Task<StoreRecovery> OpenAsync(CancellationToken cancellation) => inner.OpenAsync(cancellation);

    public Task<InstanceRow?> GetInstanceAsync(string instanceId, CancellationToken cancellation) => inner.GetInstanceAsync(instanceId, cancellation);

    public Task<InstancePage> QueryInstancesAsync(InstanceQuery query, CancellationToken cancellation) => inner.QueryInstancesAsync(query, cancellation);

    public Task<IReadOnlyList<HistoryBatch>> LoadHistoryAsync(string instanceId, string executionId, CancellationToken cancellation) =>
        inner.LoadHistoryAsync(instanceId, executionId, cancellation);

    public Task<IReadOnlyList<StoreMessage>> LoadInboxAsync(string instanceId, CancellationToken cancellation) => inner.LoadInboxAsync(instanceId, cancellation);

    public Task<IReadOnlyList<string>> LoadRunnableInstancesAsync(DateTime now, CancellationToken cancellation) =>
        inner.LoadRunnableInstancesAsync(now, cancellation);

    public Task<IReadOnlyList<TimerRow>> LoadTimersAsync(DateTime after, DateTime until, CancellationToken cancellation) =>
        inner.LoadTimersAsync(after, until, cancellation);

    public Task<DateTime?> GetNextTimerAsync(DateTime after, CancellationToken cancellation) => inner.GetNextTimerAsync(after, cancellation);

    public Task<IReadOnlyList<ActivityRow>> LoadActivitiesAsync(CancellationToken cancellation) => inner.LoadActivitiesAsync(cancellation);

    public Task<IReadOnlyList<DeadLetter>> LoadDeadLettersAsync(int limit, CancellationToken cancellation) => inner.LoadDeadLettersAsync(limit, cancellation);

    public Task CloseAsync(CancellationToken cancellation) => inner.CloseAsync(cancellation);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
