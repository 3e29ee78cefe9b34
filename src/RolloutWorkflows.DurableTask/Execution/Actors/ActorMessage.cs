using RolloutWorkflows.DurableTask.History;
using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Execution.Actors;

/// <summary>Something that concerns one instance, on its way to the instance's actor.</summary>
internal abstract record ActorMessage
{
    /// <summary>The instance was created just now.</summary>
    public sealed record Created(InstanceRow Row) : ActorMessage;

    /// <summary>The instance has something to do that only its rows tell.</summary>
    public sealed record LookAtRows : ActorMessage;

    /// <summary>A stored message arrived.</summary>
    public sealed record Inbox(long Sequence, string? ExecutionId, HistoryEvent Event) : ActorMessage;

    /// <summary>An activity ended. Its row stands until a turn takes this in.</summary>
    public sealed record ActivityEnded(ActivityKey Key, HistoryEvent Event) : ActorMessage;

    /// <summary>A timer is due. Its row stands until a turn takes this in.</summary>
    public sealed record TimerDue(TimerRow Timer) : ActorMessage;

    /// <summary>The instance shall go on though it is parked.</summary>
    public sealed record Unpark(TaskCompletionSource<bool> Done) : ActorMessage;
}
