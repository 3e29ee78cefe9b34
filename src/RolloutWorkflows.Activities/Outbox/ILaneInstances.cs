namespace RolloutWorkflows.Activities;

/// <summary>The orchestrations that take the outbox's lanes out. Thread-safe.</summary>
public interface ILaneInstances
{
    /// <summary>Has a lane looked at now: starts the orchestration of its present opening where there is none that goes on, or tells it that there is news. Durable when it returns.</summary>
    ValueTask WakeAsync(OutboxLane lane, CancellationToken cancellation = default);
}
