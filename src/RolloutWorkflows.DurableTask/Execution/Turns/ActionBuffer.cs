using RolloutWorkflows.DurableTask.History;

namespace RolloutWorkflows.DurableTask.Execution.Turns;

/// <summary>
/// Actions that the orchestrator has asked for and the history does not record yet. On replay recorded events take
/// them out again; what remains is new, or is withheld because the instance is suspended.
/// </summary>
internal sealed class ActionBuffer
{
    private readonly List<OrchestratorAction> _pending = [];

    public int Count => _pending.Count;

    /// <summary>Number of the next action; counts on over the whole execution.</summary>
    public int NextTaskId { get; private set; }

    public int TakeTaskId() => NextTaskId++;

    public void Add(OrchestratorAction action) => _pending.Add(action);

    /// <summary>Takes out an action that is not wanted any more; <see langword="false"/> if it is recorded already.</summary>
    public bool Withdraw(int taskId)
    {
        int index = _pending.FindIndex(action => action.TaskId == taskId);
        if (index >= 0)
            _pending.RemoveAt(index);
        return index >= 0;
    }

    /// <summary>Takes out the action that a recorded event stands for.</summary>
    /// <param name="taskId">Number that the event records.</param>
    /// <param name="recorded">The event.</param>
    /// <param name="eventNumber">Its place in the history, from 1, for the message.</param>
    /// <exception cref="NonDeterministicOrchestrationException">The orchestrator asks for something else now.</exception>
    public void MatchRecorded(int taskId, HistoryEvent recorded, int eventNumber)
    {
        int index = _pending.FindIndex(action => action.TaskId == taskId);
        if (index < 0)
            throw new NonDeterministicOrchestrationException(eventNumber, RecordedCommand.Describe(recorded), null);
        if (!_pending[index].Matches(recorded))
            throw new NonDeterministicOrchestrationException(eventNumber, RecordedCommand.Describe(recorded), _pending[index].Description);
        _pending.RemoveAt(index);
    }

    /// <summary>Gives all actions and forgets them.</summary>
    public IReadOnlyList<OrchestratorAction> TakeAll()
    {
        if (_pending.Count == 0)
            return [];
        OrchestratorAction[] all = [.. _pending];
        _pending.Clear();
        return all;
    }
}
