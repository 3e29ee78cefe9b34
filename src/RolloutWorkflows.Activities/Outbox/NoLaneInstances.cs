namespace RolloutWorkflows.Activities;

/// <summary>Nobody takes the outbox out: for tests and simulations of single activities.</summary>
public sealed class NoLaneInstances : ILaneInstances
{
    public ValueTask WakeAsync(OutboxLane lane, CancellationToken cancellation = default) => ValueTask.CompletedTask;
}
