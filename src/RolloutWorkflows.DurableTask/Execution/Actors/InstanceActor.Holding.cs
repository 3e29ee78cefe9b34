using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Execution.Actors;

/// <content>What happens when an instance cannot go on: retry, park, hold.</content>
internal sealed partial class InstanceActor
{
    private static readonly TimeSpan FirstRetryDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestRetryDelay = TimeSpan.FromSeconds(30);

    /// <summary>Why the next step must be to park the instance, or <see langword="null"/>.</summary>
    private string? _parkBecause;

    /// <summary>After a failure from outside the orchestrator: forgets all it knew, waits a little, and lets the messages come again.</summary>
    private async Task RecoverAsync(List<ActorMessage> messages, Exception error)
    {
        _live = null;
        _row = null;
        // An instance is not parked for the store's sake: it goes on by itself when the store does.
        bool storeIsDown = error is StoreUnavailableException;
        int attempt = storeIsDown ? ++_outages : ++_failures;
        if (_failures >= services.Options.MaxTurnAttempts)
            _parkBecause ??= $"{_failures} turns in a row failed for a reason outside the orchestrator; the last one: {error.Message} Remove the cause and resume the instance.";
        // A commit that failed may have been applied for all we know, so only rows are to be believed: those of the
        // instance and of its messages are read again. Activities and timers answer a second time without harm.
        messages.RemoveAll(message => message is ActorMessage.Created or ActorMessage.Inbox);
        _takenFromStore.Clear();
        _readInbox = true;
        lock (_gate)
            _mailbox.InsertRange(0, messages.Count == 0 ? [new ActorMessage.LookAtRows()] : messages);

        TimeSpan delay = FirstRetryDelay * Math.Pow(2, Math.Min(attempt - 1, 16));
        delay = delay < LongestRetryDelay ? delay : LongestRetryDelay;
        if (storeIsDown)
            services.Logger.StoreUnavailable(error, InstanceId, delay);
        else
            services.Logger.TurnFailed(error, InstanceId, attempt, services.Options.MaxTurnAttempts, delay);
        // The clock must know of the pause before the work counts as left: one that looks for the next timer in between would miss it.
        Task pause = Task.Delay(delay, services.Time, services.Stopping.Token);
        services.Work.Leave();
        try
        {
            await pause;
        }
        catch (OperationCanceledException)
        {
            // The engine stops: the messages are rows, or come again from rows.
        }

        services.Work.Enter();
    }

    /// <summary>
    /// Counts, before it can do so again, that the process died while the instance had something under way. One that is
    /// met at too many deaths in a row is parked, for it may be their cause.
    /// </summary>
    private async Task CountSuspectAsync()
    {
        if (!services.Directory.TakeSuspect(InstanceId) || _row!.HasEnded || _row.ParkedReason is not null)
            return;
        int attempts = _row.Attempts + 1;
        await CommitStateAsync(_row, _row with { Attempts = attempts });
        if (attempts >= services.Options.MaxTurnAttempts)
            _parkBecause = $"The process died {attempts} times in a row while this instance had something under way. Find out whether it is the cause, then resume it.";
    }

    private async Task ParkAsync(string reason, List<ActorMessage> messages)
    {
        InstanceRow row = _row!;
        InstanceRow parked = row with { ParkedReason = reason, UpdatedAt = services.Now, Attempts = _failures };
        await CommitStateAsync(row, parked);
        services.Logger.Parked(InstanceId, row.Name, reason);
        _live = null;
        _parkBecause = null;
        await HoldAsync(messages);
    }

    /// <summary>Keeps messages until the instance goes on. Results of activities get a row of their own, so that they outlive the process.</summary>
    private async Task HoldAsync(List<ActorMessage> messages)
    {
        for (int i = 0; i < messages.Count; i++)
        {
            if (messages[i] is ActorMessage.ActivityEnded ended)
            {
                ActorDelivery stored = ActorDelivery.To(InstanceId, ended.Key.ExecutionId, ended.Event, services.NextSequence(), keep: false);
                await services.Store.CommitAsync(new() { RemovedActivities = [ended.Key], Messages = [stored.Message] });
                messages[i] = stored.ToActor();
            }
        }

        _held.AddRange(messages.Where(message => message is ActorMessage.Inbox or ActorMessage.TimerDue));
    }

    private async Task<bool> UnparkIfAskedAsync(List<ActorMessage> messages)
    {
        List<ActorMessage.Unpark> asked = [.. messages.OfType<ActorMessage.Unpark>()];
        if (asked.Count == 0)
            return false;
        bool parked = _row!.ParkedReason is not null;
        if (parked)
        {
            await CommitStateAsync(_row, _row with { ParkedReason = null, Attempts = 0, UpdatedAt = services.Now });
            _live = null;
        }

        messages.RemoveAll(message => message is ActorMessage.Unpark);
        asked.ForEach(one => one.Done.TrySetResult(parked));
        return parked;
    }

    private async Task CommitStateAsync(InstanceRow before, InstanceRow after)
    {
        CommitResult committed = await services.Store.CommitAsync(new() { Update = UpdateTo(before, after) });
        if (committed.Outcome != CommitOutcome.Committed)
            throw new StoreException($"The state of instance '{InstanceId}' was refused as {committed.Outcome}: its row changed from outside the engine.");
        _row = after;
    }

    private static InstanceUpdate UpdateTo(InstanceRow before, InstanceRow after) => new()
    {
        InstanceId = before.InstanceId,
        ExpectedExecutionId = before.ExecutionId,
        ExpectedSequence = before.LastSequence,
        LastSequence = after.LastSequence,
        Status = after.Status,
        UpdatedAt = after.UpdatedAt,
        CompletedAt = after.CompletedAt,
        Output = after.Output,
        Failure = after.Failure,
        WaitSummary = after.WaitSummary,
        Attempts = after.Attempts,
        ParkedReason = after.ParkedReason,
    };

    /// <summary>Deals with what reaches an instance that has ended.</summary>
    private async Task CleanUpAsync(TurnInput input)
    {
        await RemoveRowsAsync(input);
        // A termination that came in while the instance was ending by itself still concerns its descendants.
        if (input.RecursiveTermination is not { } recursive)
            return;
        IReadOnlyList<ActorDelivery> messages = await Descendants.TerminateAsync(services, InstanceId, recursive);
        if (messages.Count == 0)
            return;
        CommitResult committed = await services.Store.CommitAsync(new() { Messages = [.. messages.Select(message => message.Message)] });
        TurnEffects.Deliver(services, messages, committed);
    }

    /// <summary>Removes the rows of what concerns nobody any more.</summary>
    private async Task RemoveRowsAsync(TurnInput input)
    {
        // The inbox of an ended instance went with its end.
        IReadOnlyList<long> consumed = _row!.HasEnded ? [] : input.MessagesWithin(int.MaxValue);
        if (consumed.Count + input.FiredTimers.Count + input.EndedActivities.Count == 0)
            return;
        await services.Store.CommitAsync(new()
        {
            Update = consumed.Count > 0 ? UpdateTo(_row, _row) : null,
            ConsumedMessages = consumed,
            RemovedTimers = input.FiredTimers,
            RemovedActivities = input.EndedActivities,
        });
    }

    /// <summary>Deals with messages to an instance that does not exist, such as one that was purged meanwhile.</summary>
    private async Task ForgetAsync(List<ActorMessage> messages)
    {
        foreach (ActorMessage.Unpark asked in messages.OfType<ActorMessage.Unpark>())
            asked.Done.TrySetResult(false);
        await services.Store.CommitAsync(new()
        {
            RemovedTimers = [.. messages.OfType<ActorMessage.TimerDue>().Select(message => message.Timer)],
            RemovedActivities = [.. messages.OfType<ActorMessage.ActivityEnded>().Select(message => message.Key)],
        });
    }
}
