using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.History;

namespace RolloutWorkflows.DurableTask.Execution.Turns;

/// <content>What a turn came to.</content>
internal sealed partial class OrchestrationExecution
{
    private TurnResult Conclude(List<HistoryEvent> recorded, IReadOnlyList<HistoryEvent> newEvents, int taken)
    {
        TurnResult result = HasOutcome ? ConcludeExecution(recorded, newEvents, taken) : ConcludeTurn(recorded, taken);
        _eventNumber += result.Events.Count - 1;
        _cancelledTimers.Clear();
        _customStatusChanged = false;
        return result;
    }

    private TurnResult ConcludeTurn(List<HistoryEvent> recorded, int taken)
    {
        // While suspended, actions stay in the buffer: nothing goes out, and a replay finds them there again.
        IReadOnlyList<OrchestratorAction> actions = _suspended ? [] : _actions.TakeAll();
        foreach (OrchestratorAction action in actions)
            recorded.Add(action.ToEvent());

        return new()
        {
            Events = recorded,
            Actions = actions,
            CancelledTimers = [.. _cancelledTimers],
            Status = _suspended ? OrchestrationRuntimeStatus.Suspended : OrchestrationRuntimeStatus.Running,
            CustomStatusChanged = _customStatusChanged,
            CustomStatus = _customStatus,
            WaitSummary = WaitSummary.Write(_open.Values, _events, _suspended),
            TakenEvents = taken,
        };
    }

    private TurnResult ConcludeExecution(List<HistoryEvent> recorded, IReadOnlyList<HistoryEvent> newEvents, int taken)
    {
        Completion completion = _completion!;
        // What was asked for before the end still happens, except timers, which nobody would wait for.
        IReadOnlyList<OrchestratorAction> actions = completion.Status == OrchestrationRuntimeStatus.Terminated
            ? []
            : [.. _actions.TakeAll().Where(action => action is not Turns.CreateTimer)];
        foreach (OrchestratorAction action in actions)
            recorded.Add(action.ToEvent());

        Continuation? continuation = completion.Status == OrchestrationRuntimeStatus.Completed && _continueAsNew is { } request
            ? new(request.Input, request.Version, Inherit(request, newEvents, taken))
            : null;
        if (continuation is null)
            recorded.Add(new ExecutionEnded(completion.Status));

        return new()
        {
            Events = recorded,
            Actions = actions,
            CancelledTimers = [.. _cancelledTimers, .. _open.Values.Where(task => task.Kind == OpenTaskKind.Timer)],
            Status = continuation is null ? completion.Status : OrchestrationRuntimeStatus.Running,
            CustomStatusChanged = _customStatusChanged,
            CustomStatus = _customStatus,
            Output = continuation is null ? completion.Output : null,
            Failure = completion.Failure,
            Continuation = continuation,
            TakenEvents = taken,
        };
    }

    private List<HistoryEvent> Inherit(ContinueRequest request, IReadOnlyList<HistoryEvent> newEvents, int taken)
    {
        List<HistoryEvent> inherited = [];
        if (request.PreserveEvents)
            inherited.AddRange(_events.Kept);
        // Events that this execution did not take any more concern the instance as such, unlike completions of its tasks.
        inherited.AddRange(newEvents.Skip(taken).Where(happened =>
            happened is EventRaised or ExecutionSuspended or ExecutionResumed or ExecutionTerminated));
        return inherited;
    }
}
