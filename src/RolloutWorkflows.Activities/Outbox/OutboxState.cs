namespace RolloutWorkflows.Activities;

/// <summary>Where a message of the outbox stands.</summary>
public enum OutboxState
{
    /// <summary>To be delivered, at once or at its next try.</summary>
    Pending,

    /// <summary>It stands outside.</summary>
    Delivered,

    /// <summary>The counterpart will not take it. Those after it go on; an operator lets it be tried again, or drops it.</summary>
    Parked,

    /// <summary>An operator gave it up.</summary>
    Dropped,
}
