using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.Execution.Turns;
using RolloutWorkflows.DurableTask.History;
using RolloutWorkflows.DurableTask.Storage;
using RolloutWorkflows.DurableTask.Worker;

namespace RolloutWorkflows.DurableTask.Execution.Actors;

/// <content>From messages to a committed turn.</content>
internal sealed partial class InstanceActor
{
    private static readonly int[] HistoryWarnings = [5_000, 50_000];
    private Unsure? _unsure;
    private int _historyEvents;

    private async Task ProcessAsync(List<ActorMessage> messages)
    {
        messages.RemoveAll(message => message is ActorMessage.Inbox inbox && _takenFromStore.Remove(inbox.Sequence));
        messages.InsertRange(0, _held);
        _held.Clear();
        await LoadRowAsync(messages);
        if (_row is null)
        {
            await ForgetAsync(messages);
            return;
        }

        ConcludeUnsure();
        bool unparked = await UnparkIfAskedAsync(messages);
        TurnInput input = TurnInput.From(_row, messages);
        if (_row.HasEnded)
            await CleanUpAsync(input);
        else if (MustWait(input))
            await HoldAsync(messages);
        else
            await GoOnAsync(messages, input, unparked);
    }

    private async Task GoOnAsync(List<ActorMessage> messages, TurnInput input, bool unparked)
    {
        await CountSuspectAsync();
        if (_parkBecause is { } reason && input.Termination is null)
            await ParkAsync(reason, messages);
        else
            await TakeTurnAsync(messages, input, unparked);
    }

    /// <summary>Whether nothing may happen now: the instance is parked, or its start time has not come. Termination is always accepted.</summary>
    private bool MustWait(TurnInput input) =>
        input.Termination is null
        && (_row!.ParkedReason is not null || (_row.LastSequence == 0 && _row.StartAt > services.Now && !input.IsStartDue));

    private async Task TakeTurnAsync(List<ActorMessage> messages, TurnInput input, bool unparked)
    {
        InstanceRow row = _row!;
        DateTime now = services.Now;
        bool starts = row.LastSequence == 0;
        TurnResult? result;
        if (input.Termination is { } termination && (starts || row.ParkedReason is not null || _parkBecause is not null))
            result = EndWithoutRunning(now, input.Events, new(OrchestrationRuntimeStatus.Terminated, termination.Output, null));
        else
            result = await RunTurnAsync(row, input, now, unparked || messages.Exists(message => message is ActorMessage.LookAtRows));

        if (result is null)
        {
            await RemoveRowsAsync(input);
            return;
        }

        if (result.ParkReason is not null && input.Termination is { } end)
            result = EndWithoutRunning(now, input.Events, new(OrchestrationRuntimeStatus.Terminated, end.Output, null));
        if (result.ParkReason is { } reason)
        {
            await ParkAsync(reason, messages);
            return;
        }

        // An end of its own that comes in the same turn does not spare the descendants.
        bool ends = result.Continuation is null && result.Status
            is OrchestrationRuntimeStatus.Completed
            or OrchestrationRuntimeStatus.Failed
            or OrchestrationRuntimeStatus.Terminated;
        IReadOnlyList<ActorDelivery> toDescendants = ends && input.RecursiveTermination is { } recursive
            ? await Descendants.TerminateAsync(services, row.InstanceId, recursive)
            : [];
        TurnCommit commit = TurnCommit.Compose(row, input, result, toDescendants, services.NextSequence, now);
        _unsure = new(row, commit, result);
        CommitResult committed = await services.Store.CommitAsync(commit.Unit);
        _unsure = null;
        if (committed.Outcome != CommitOutcome.Committed)
            throw new StoreException($"The turn of instance '{InstanceId}' was refused as {committed.Outcome}: its row changed from outside the engine.");
        // Taken in for good: whatever happens from here on, these messages must not come again.
        messages.Clear();
        Conclude(row, commit, result, committed);
    }

    /// <summary>Runs the orchestrator; <see langword="null"/> when there is nothing for it to do.</summary>
    private async Task<TurnResult?> RunTurnAsync(InstanceRow row, TurnInput input, DateTime now, bool check)
    {
        if (row.LastSequence == 0)
            input.Prepend([new ExecutionStarted(row.ExecutionId), .. _inherited ??= await ReadHistoryAsync(row)]);
        if (input.Events.Count == 0 && !check)
            return null;

        if (_live is null || services.Options.Replay == ReplayMode.Always)
        {
            ExecutionFactory.Made made = services.Executions.Make(row);
            if (made.ParkReason is { } park)
                return Parked(park);
            if (made.Failure is { } failure)
                return EndWithoutRunning(now, input.Events, new(OrchestrationRuntimeStatus.Failed, null, failure));
            if (await ReplayAsync(row, made.Execution!) is { } reason)
                return Parked(reason);
            _live = made.Execution!;
        }

        if (input.Events.Count > 0)
            return _live.ExecuteTurn(now, input.Events);
        return _live.FindIllegalAwait() is { } illegal ? Parked(illegal) : null;
    }

    private async Task<string?> ReplayAsync(InstanceRow row, OrchestrationExecution execution)
    {
        try
        {
            if (row.LastSequence > 0)
            {
                IReadOnlyList<HistoryEvent> history = await ReadHistoryAsync(row);
                _historyEvents = history.Count;
                execution.Replay(history);
            }
        }
        catch (NonDeterministicOrchestrationException error)
        {
            return error.Message;
        }

        // A continuation outside any turn may come at any time; the actor then looks at it as at any other message.
        execution.ForeignContinuation = () => services.Directory.Post(InstanceId, new ActorMessage.LookAtRows());
        return null;
    }

    private static TurnResult Parked(string reason) =>
        new() { Events = [], Status = OrchestrationRuntimeStatus.Running, TakenEvents = 0, ParkReason = reason };

    private static TurnResult EndWithoutRunning(DateTime now, IReadOnlyList<HistoryEvent> events, Completion completion) => new()
    {
        Events = [new TurnStarted(now), .. events, new ExecutionEnded(completion.Status)],
        Status = completion.Status,
        Output = completion.Output,
        Failure = completion.Failure,
        TakenEvents = events.Count,
    };

    /// <summary>A commit that was reported as failed may have been applied; the row tells, and the effects of the turn are then still due.</summary>
    private void ConcludeUnsure()
    {
        if (_unsure is not { } unsure)
            return;
        _unsure = null;
        InstanceRow after = unsure.Commit.RowAfter;
        if (_row!.ExecutionId == after.ExecutionId && _row.LastSequence == after.LastSequence)
            Conclude(unsure.Before, unsure.Commit, unsure.Result, null);
    }

    private void Conclude(InstanceRow before, TurnCommit commit, TurnResult result, CommitResult? committed)
    {
        _row = commit.RowAfter;
        _inherited = result.Continuation?.Inherited ?? [];
        if (_row.HasEnded || result.Continuation is not null)
            _live = null;
        if (_row.HasEnded)
            _parkBecause = null;
        WarnOfLongHistory(result);
        if (before.LastSequence == 0)
            services.Logger.OrchestrationStarted(InstanceId, before.Name);
        TurnEffects.Release(services, before, commit, committed);
        if (result.Continuation is not null)
            services.Directory.Post(InstanceId, new ActorMessage.LookAtRows());
    }

    private void WarnOfLongHistory(TurnResult result)
    {
        int before = _historyEvents;
        _historyEvents = result.Continuation is null ? before + result.Events.Count : 0;
        if (HistoryWarnings.Any(limit => before < limit && _historyEvents >= limit))
            services.Logger.LongHistory(InstanceId, _historyEvents);
    }

    private sealed record Unsure(InstanceRow Before, TurnCommit Commit, TurnResult Result);
}
