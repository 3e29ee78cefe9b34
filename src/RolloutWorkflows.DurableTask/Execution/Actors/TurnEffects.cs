using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Execution.Actors;

/// <summary>Lets out what a turn asked for, now that the turn is durable.</summary>
internal static class TurnEffects
{
    /// <param name="services">What actors share.</param>
    /// <param name="before">The instance's row before the turn.</param>
    /// <param name="commit">The turn.</param>
    /// <param name="committed">What the store reported, or <see langword="null"/> if its report was lost.</param>
    public static void Release(ActorServices services, InstanceRow before, TurnCommit commit, CommitResult? committed)
    {
        StoreUnit unit = commit.Unit;
        foreach (TimerRow timer in unit.RemovedTimers)
            services.Timers.Remove(timer);
        foreach (TimerRow timer in unit.NewTimers)
        {
            services.Logger.TimerCreated(timer.InstanceId, timer.TaskId, timer.DueAt);
            services.Timers.Add(timer);
        }

        StartChildren(services, commit, committed);
        Deliver(services, commit.Deliveries, committed);
        if (unit.DropOpenWork)
            services.Activities.CancelInstance(before.InstanceId);
        foreach (ActivityRow activity in unit.NewActivities)
            services.Activities.Dispatch(activity);
        if (commit.RowAfter.HasEnded)
            LogEnd(services, commit.RowAfter);
        if (commit.RowAfter.Status != before.Status)
            services.Waiters.Signal(commit.RowAfter);
    }

    /// <summary>Hands stored messages to those they are for; those the store could not deliver are named in the log.</summary>
    public static void Deliver(ActorServices services, IReadOnlyList<ActorDelivery> deliveries, CommitResult? committed)
    {
        foreach (ActorDelivery delivery in deliveries)
        {
            if (committed is null || committed.UndeliveredMessages.Count == 0 || !committed.UndeliveredMessages.Contains(delivery.Message.Sequence))
                services.Directory.Deliver(delivery);
            else if (delivery.Message.KeepAsDeadLetter)
                services.Logger.Undelivered(delivery.Message.InstanceId);
        }
    }

    private static void StartChildren(ActorServices services, TurnCommit commit, CommitResult? committed)
    {
        foreach (InstanceCreation creation in commit.Unit.Creations)
        {
            string id = creation.Instance.InstanceId;
            if (committed is null)
                services.Directory.Post(id, new ActorMessage.LookAtRows());
            else if (committed.RejectedCreations.Contains(id))
                services.Directory.Deliver(commit.Conflicts[id]);
            else
                services.Directory.Post(id, new ActorMessage.Created(creation.Instance));
        }
    }

    private static void LogEnd(ActorServices services, InstanceRow row)
    {
        if (row.Status == OrchestrationRuntimeStatus.Failed)
            services.Logger.OrchestrationFailed(row.InstanceId, row.Name, row.Failure ?? string.Empty);
        else
            services.Logger.OrchestrationEnded(row.InstanceId, row.Name, row.Status);
    }
}
