namespace RolloutWorkflows.DurableTask.Storage;

/// <summary>
/// Keeps instances, their histories and the work that is under way. One process owns a store at a time.
/// </summary>
/// <remarks>
/// Order of use: <see cref="OpenAsync"/> once, then commits and reads in any number from any thread, then
/// <see cref="CloseAsync"/> once no commit is under way. Texts in rows (inputs, outputs, failures, tags, summaries) and
/// bytes (history, messages) are opaque to the store; those above 64 KiB should not burden the hot rows. A read never
/// blocks the writer, and sees every unit whose commit has ended before the read began.
/// </remarks>
public interface IOrchestrationStore : IAsyncDisposable
{
    /// <summary>
    /// Takes sole ownership and prepares the store. After a stop that was not clean, open activities without
    /// an attempt have one when this ends, for they may have been under way. Further attempts are counted by
    /// <see cref="StoreUnit.Redeliveries"/>.
    /// </summary>
    /// <exception cref="StoreException">Another process owns the store, or it cannot be used.</exception>
    Task<StoreRecovery> OpenAsync(CancellationToken cancellation);

    /// <summary>
    /// Applies one unit, as a whole or not at all, and ends when it is durable. Units apply in the order of the
    /// calls. A store may put several units into one transaction, but a unit that fails must fail alone.
    /// </summary>
    /// <exception cref="StoreException">The unit was not applied.</exception>
    Task<CommitResult> CommitAsync(StoreUnit unit);

    /// <summary>Reads one instance, or <see langword="null"/>.</summary>
    Task<InstanceRow?> GetInstanceAsync(string instanceId, CancellationToken cancellation);

    /// <summary>Reads one page of instances, ordered by creation time, then id.</summary>
    Task<InstancePage> QueryInstancesAsync(InstanceQuery query, CancellationToken cancellation);

    /// <summary>Reads the history batches of one execution, ordered by sequence.</summary>
    Task<IReadOnlyList<HistoryBatch>> LoadHistoryAsync(string instanceId, string executionId, CancellationToken cancellation);

    /// <summary>Reads the messages waiting for one instance, ordered by sequence.</summary>
    Task<IReadOnlyList<StoreMessage>> LoadInboxAsync(string instanceId, CancellationToken cancellation);

    /// <summary>
    /// Ids of instances that have something to do at start: messages waiting, or not yet a first turn
    /// (<see cref="InstanceRow.LastSequence"/> 0, not ended) with no start time or one that is not after <paramref name="now"/>.
    /// Each id once, in no particular order.
    /// </summary>
    Task<IReadOnlyList<string>> LoadRunnableInstancesAsync(DateTime now, CancellationToken cancellation);

    /// <summary>Reads the timers due after <paramref name="after"/> and not after <paramref name="until"/>, ordered by due time.</summary>
    Task<IReadOnlyList<TimerRow>> LoadTimersAsync(DateTime after, DateTime until, CancellationToken cancellation);

    /// <summary>The earliest due time after a time, or <see langword="null"/> if no timer is due later.</summary>
    Task<DateTime?> GetNextTimerAsync(DateTime after, CancellationToken cancellation);

    /// <summary>Reads all open activities, in the order they were added.</summary>
    Task<IReadOnlyList<ActivityRow>> LoadActivitiesAsync(CancellationToken cancellation);

    /// <summary>Reads the newest dead letters, newest first.</summary>
    Task<IReadOnlyList<DeadLetter>> LoadDeadLettersAsync(int limit, CancellationToken cancellation);

    /// <summary>Ends the ownership and records that the stop was clean.</summary>
    Task CloseAsync(CancellationToken cancellation);
}
