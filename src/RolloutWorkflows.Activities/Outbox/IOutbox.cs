namespace RolloutWorkflows.Activities;

/// <summary>
/// What runs have to say to the outside and how far it got. Every call is atomic and durable before it returns.
/// Thread-safe.
/// </summary>
public interface IOutbox
{
    /// <summary>Opens a lane for a run; one that there is already stays as it is.</summary>
    ValueTask OpenAsync(string runId, string lane, CancellationToken cancellation = default);

    /// <summary>Notes news for lanes of a run and opens again which of them had finished. Returns them as they are now; lanes that there are not are left out.</summary>
    ValueTask<IReadOnlyList<OutboxLane>> NoteNewsAsync(string runId, IReadOnlyList<string> lanes, CancellationToken cancellation = default);

    /// <summary>The lanes that somebody must look at when the host starts: not finished, or with lines in the run's record that they have not seen.</summary>
    ValueTask<IReadOnlyList<OutboxLane>> ListToWakeAsync(CancellationToken cancellation = default);

    /// <summary>The lane, or null where the run has none of that name.</summary>
    ValueTask<OutboxLane?> FindLaneAsync(string runId, string lane, CancellationToken cancellation = default);

    /// <summary>The lanes of a run, or of every run where <paramref name="runId"/> is null; by run and name.</summary>
    ValueTask<IReadOnlyList<OutboxLane>> ListLanesAsync(string? runId = null, CancellationToken cancellation = default);

    /// <summary>
    /// Stores messages at the lane's end, in their order, and moves its cursor forward, both or nothing; opens the lane where
    /// there is none. A message whose id stands already is left out.
    /// </summary>
    ValueTask StoreAsync(string runId, string lane, IReadOnlyList<ChannelMessage> messages, long? cursor = null, CancellationToken cancellation = default);

    /// <summary>The lane's first pending message, due or not; null: none.</summary>
    ValueTask<OutboxMessage?> NextAsync(string runId, string lane, CancellationToken cancellation = default);

    /// <summary>Writes what became of a message, where it still stands as <paramref name="before"/>. False: it does not, and nothing was written.</summary>
    ValueTask<bool> ChangeAsync(OutboxMessage before, OutboxMessage after, CancellationToken cancellation = default);

    /// <summary>Writes what became of a refresh: the lane's times, failures and problem, nothing else of it.</summary>
    ValueTask KeepRefreshAsync(OutboxLane lane, CancellationToken cancellation = default);

    /// <summary>Finishes a lane that has nothing pending and got no news since it was read. False: it goes on.</summary>
    ValueTask<bool> FinishAsync(OutboxLane lane, CancellationToken cancellation = default);

    /// <summary>The message of that number, or null.</summary>
    ValueTask<OutboxMessage?> FindAsync(long number, CancellationToken cancellation = default);

    /// <summary>Messages by number.</summary>
    ValueTask<IReadOnlyList<OutboxMessage>> ListAsync(OutboxQuery query, CancellationToken cancellation = default);
}
