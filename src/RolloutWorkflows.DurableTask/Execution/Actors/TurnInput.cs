using RolloutWorkflows.DurableTask.History;
using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Execution.Actors;

/// <summary>What a batch of messages means for a turn: events in order, and the rows that go with them.</summary>
internal sealed class TurnInput
{
    private readonly List<HistoryEvent> _events = [];
    private readonly List<(int AfterEvents, long Sequence)> _messages = [];

    public IReadOnlyList<HistoryEvent> Events => _events;

    public List<TimerRow> FiredTimers { get; } = [];

    public List<ActivityKey> EndedActivities { get; } = [];

    /// <summary>Whether the start timer has fired. It did so once and for all, even if the clock was set back since.</summary>
    public bool IsStartDue { get; private set; }

    /// <summary>The termination in this input, if any.</summary>
    public ExecutionTerminated? Termination { get; private set; }

    /// <summary>The termination in this input that concerns the descendants too, if any.</summary>
    public ExecutionTerminated? RecursiveTermination { get; private set; }

    /// <summary>Sorts messages out for an execution; what concerns an earlier execution only loses its row.</summary>
    public static TurnInput From(InstanceRow row, IReadOnlyList<ActorMessage> messages)
    {
        TurnInput input = new();
        foreach (ActorMessage message in messages)
            input.Add(row, message);
        return input;
    }

    /// <summary>Puts events before all others.</summary>
    public void Prepend(IReadOnlyList<HistoryEvent> events)
    {
        _events.InsertRange(0, events);
        for (int i = 0; i < _messages.Count; i++)
            _messages[i] = (_messages[i].AfterEvents + events.Count, _messages[i].Sequence);
    }

    /// <summary>Sequences of the stored messages whose events are among the first <paramref name="takenEvents"/>.</summary>
    public IReadOnlyList<long> MessagesWithin(int takenEvents)
    {
        if (_messages.Count == 0)
            return [];
        List<long> taken = new(_messages.Count);
        foreach ((int afterEvents, long sequence) in _messages)
        {
            if (afterEvents <= takenEvents)
                taken.Add(sequence);
        }

        return taken;
    }

    private void Add(InstanceRow row, ActorMessage message)
    {
        switch (message)
        {
            case ActorMessage.Inbox inbox:
                if (inbox.ExecutionId is null || inbox.ExecutionId == row.ExecutionId)
                    _events.Add(inbox.Event);
                _messages.Add((_events.Count, inbox.Sequence));
                Termination ??= inbox.Event as ExecutionTerminated;
                if (inbox.Event is ExecutionTerminated { Recursive: true } recursive)
                    RecursiveTermination ??= recursive;
                break;
            case ActorMessage.ActivityEnded ended:
                EndedActivities.Add(ended.Key);
                if (ended.Key.ExecutionId == row.ExecutionId)
                    _events.Add(ended.Event);
                break;
            case ActorMessage.TimerDue due:
                FiredTimers.Add(due.Timer);
                if (due.Timer.ExecutionId == row.ExecutionId && due.Timer.TaskId != TimerRow.StartTaskId)
                    _events.Add(new TimerFired(due.Timer.TaskId));
                IsStartDue |= due.Timer.ExecutionId == row.ExecutionId && due.Timer.TaskId == TimerRow.StartTaskId;
                break;
        }
    }
}
