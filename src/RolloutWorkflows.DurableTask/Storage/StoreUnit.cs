namespace RolloutWorkflows.DurableTask.Storage;

/// <summary>
/// One atomic change. A turn of an instance is one unit; so is a start, a message from a client, a purge. The store
/// applies the parts in the order in which the members stand here.
/// </summary>
public sealed class StoreUnit
{
    /// <summary>Instances to remove with all their rows. Those that have not ended or do not exist are skipped.</summary>
    public IReadOnlyList<string> Purges { get; init; } = [];

    /// <summary>
    /// New state of one instance. If its stored execution or last sequence differs from what the update expects,
    /// nothing of the unit is applied and the outcome is <see cref="CommitOutcome.Stale"/>. When the new status is
    /// final, messages still waiting for the instance become dead letters, or vanish if they ask for none.
    /// </summary>
    public InstanceUpdate? Update { get; init; }

    /// <summary>Removes all history batches of the updated instance, before <see cref="History"/> is added.</summary>
    public bool DropHistory { get; init; }

    /// <summary>A history batch to add.</summary>
    public HistoryBatch? History { get; init; }

    /// <summary>Sequences of messages of the updated instance that are done with.</summary>
    public IReadOnlyList<long> ConsumedMessages { get; init; } = [];

    /// <summary>Removes all timers and activities of the updated instance, before new ones are added.</summary>
    public bool DropOpenWork { get; init; }

    /// <summary>Timers to remove. Those that do not exist are skipped.</summary>
    public IReadOnlyList<TimerRow> RemovedTimers { get; init; } = [];

    /// <summary>Activities to remove. Those that do not exist are skipped.</summary>
    public IReadOnlyList<ActivityKey> RemovedActivities { get; init; } = [];

    /// <summary>Activities that are about to be delivered once more: their attempts rise by one. Those that do not exist are skipped.</summary>
    public IReadOnlyList<ActivityKey> Redeliveries { get; init; } = [];

    /// <summary>Instances to create.</summary>
    public IReadOnlyList<InstanceCreation> Creations { get; init; } = [];

    /// <summary>Timers to add.</summary>
    public IReadOnlyList<TimerRow> NewTimers { get; init; } = [];

    /// <summary>Activities to add.</summary>
    public IReadOnlyList<ActivityRow> NewActivities { get; init; } = [];

    /// <summary>Messages to instances.</summary>
    public IReadOnlyList<StoreMessage> Messages { get; init; } = [];
}
