using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.Execution.Turns;
using RolloutWorkflows.DurableTask.History;
using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Execution.Actors;

/// <summary>Puts the result of a turn into one unit for the store, and knows the instance's row after it.</summary>
internal sealed class TurnCommit
{
    private static readonly OrchestrationRuntimeStatus[] NotEnded =
        [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    private readonly InstanceRow _row;
    private readonly TurnResult _result;
    private readonly Func<long> _nextSequence;
    private readonly DateTime _now;
    private readonly List<TimerRow> _timers = [];
    private readonly List<ActivityRow> _activities = [];
    private readonly List<InstanceCreation> _creations = [];
    private readonly List<StoreMessage> _messages = [];
    private readonly List<ActorDelivery> _deliveries = [];
    private readonly Dictionary<string, ActorDelivery> _conflicts = new(StringComparer.Ordinal);

    private TurnCommit(InstanceRow row, TurnResult result, Func<long> nextSequence, DateTime now)
    {
        _row = row;
        _result = result;
        _nextSequence = nextSequence;
        _now = now;
    }

    /// <summary>The unit to commit.</summary>
    public StoreUnit Unit { get; private set; } = new();

    /// <summary>The unit's messages, with their content at hand for delivery within the process.</summary>
    public IReadOnlyList<ActorDelivery> Deliveries => _deliveries;

    /// <summary>What the instance is told when a child of an id could not be created.</summary>
    public IReadOnlyDictionary<string, ActorDelivery> Conflicts => _conflicts;

    /// <summary>The instance's row once the unit is durable.</summary>
    public InstanceRow RowAfter { get; private set; } = null!;

    /// <param name="row">The row before the turn.</param>
    /// <param name="input">What the turn was given.</param>
    /// <param name="result">What it came to.</param>
    /// <param name="extraMessages">Messages to others that the executor does not know of.</param>
    /// <param name="nextSequence">Numbers messages.</param>
    /// <param name="now">Wall clock of the turn, in UTC.</param>
    public static TurnCommit Compose(
        InstanceRow row, TurnInput input, TurnResult result, IReadOnlyList<ActorDelivery> extraMessages, Func<long> nextSequence, DateTime now)
    {
        TurnCommit commit = new(row, result, nextSequence, now);
        commit.AddActions();
        foreach (ActorDelivery extra in extraMessages)
            commit.Send(extra);
        commit.AddAnswerToParent();
        commit.RowAfter = commit.NextRow();
        commit.Unit = commit.BuildUnit(input);
        return commit;
    }

    private StoreUnit BuildUnit(TurnInput input)
    {
        bool terminated = _result.Status == OrchestrationRuntimeStatus.Terminated;
        List<TimerRow> removed = input.FiredTimers;
        if (_result.CancelledTimers.Count > 0)
            removed = [.. removed, .. _result.CancelledTimers.Select(timer => new TimerRow(_row.InstanceId, _row.ExecutionId, timer.Id, timer.DueAt))];
        return new()
        {
            Update = Update(),
            DropHistory = _result.Continuation is not null,
            History = History(),
            // Messages that came too late for an ended execution stay, and become dead letters with it.
            ConsumedMessages = input.MessagesWithin(RowAfter.HasEnded ? _result.TakenEvents : int.MaxValue),
            DropOpenWork = terminated,
            RemovedTimers = removed,
            RemovedActivities = input.EndedActivities,
            NewTimers = _timers,
            NewActivities = _activities,
            Creations = _creations,
            Messages = _messages,
        };
    }

    private void AddActions()
    {
        foreach (OrchestratorAction action in _result.Actions)
        {
            switch (action)
            {
                case ScheduleActivity call:
                    _activities.Add(new()
                    {
                        Key = new(_row.InstanceId, _row.ExecutionId, call.TaskId),
                        Name = call.Name,
                        Version = call.Version,
                        Input = call.Input,
                        Tags = call.TagsJson,
                    });
                    break;
                case CreateTimer timer:
                    _timers.Add(new(_row.InstanceId, _row.ExecutionId, timer.TaskId, timer.DueAt));
                    break;
                case StartChild child:
                    AddChild(child);
                    break;
                case SendEventAction send:
                    Send(ActorDelivery.To(send.InstanceId, null, new EventRaised(send.Name, send.Payload), _nextSequence(), keep: true));
                    break;
            }
        }
    }

    private void AddChild(StartChild child)
    {
        TaskFailureDetails conflict = new(
            "OrchestrationAlreadyExists",
            $"An orchestration with the instance id '{child.InstanceId}' has not ended, so no other can be started under it.",
            null, null, null);
        ActorDelivery conflictDelivery = ActorDelivery.To(
            _row.InstanceId, _row.ExecutionId, new SubOrchestrationFailed(child.TaskId, FailureRecord.From(conflict)), _nextSequence(), keep: false);
        // Of two children that one turn starts under one id, the first has it; the store knows creations by their id only.
        if (_conflicts.TryAdd(child.InstanceId, conflictDelivery))
            _creations.Add(Creation(child, conflictDelivery.Message));
        else
            Send(conflictDelivery);
    }

    private InstanceCreation Creation(StartChild child, StoreMessage conflict) => new()
    {
        Instance = new()
        {
            InstanceId = child.InstanceId,
            ExecutionId = NewExecutionId(),
            Name = child.Name,
            Version = child.Version,
            Input = child.Input,
            Tags = child.TagsJson,
            Parent = new(_row.InstanceId, _row.ExecutionId, child.TaskId, _row.Name),
            CreatedAt = _now,
            UpdatedAt = _now,
        },
        ForbiddenStatuses = NotEnded,
        ConflictMessage = conflict,
    };

    private void AddAnswerToParent()
    {
        bool ended = _result.Continuation is null && _result.Status
            is OrchestrationRuntimeStatus.Completed
            or OrchestrationRuntimeStatus.Failed
            or OrchestrationRuntimeStatus.Terminated;
        if (!ended || _row.Parent is not { } parent)
            return;

        HistoryEvent answer = _result.Status switch
        {
            OrchestrationRuntimeStatus.Completed => new SubOrchestrationCompleted(parent.TaskId, _result.Output),
            OrchestrationRuntimeStatus.Failed => new SubOrchestrationFailed(parent.TaskId, FailureRecord.From(_result.Failure!)),
            _ => new SubOrchestrationFailed(parent.TaskId, FailureRecord.From(EngineFailures.ChildTerminated(_row.InstanceId, _result.Output))),
        };
        Send(ActorDelivery.To(parent.InstanceId, parent.ExecutionId, answer, _nextSequence(), keep: false));
    }

    private void Send(ActorDelivery delivery)
    {
        _deliveries.Add(delivery);
        _messages.Add(delivery.Message);
    }

    private HistoryBatch? History()
    {
        if (_result.Continuation is not { } continuation)
        {
            return new(
                _row.InstanceId, _row.ExecutionId, RowAfter.LastSequence, _result.Events.Count, HistorySerializer.WriteBatch(_result.Events));
        }

        return continuation.Inherited.Count == 0 ? null : new(
            _row.InstanceId, RowAfter.ExecutionId, 0, continuation.Inherited.Count, HistorySerializer.WriteBatch(continuation.Inherited));
    }

    private InstanceUpdate Update() => new()
    {
        InstanceId = _row.InstanceId,
        ExpectedExecutionId = _row.ExecutionId,
        ExpectedSequence = _row.LastSequence,
        LastSequence = RowAfter.LastSequence,
        Status = RowAfter.Status,
        UpdatedAt = RowAfter.UpdatedAt,
        CompletedAt = RowAfter.CompletedAt,
        NewExecution = _result.Continuation is null ? null : new(RowAfter.ExecutionId, RowAfter.Version, RowAfter.Input),
        CustomStatusChanged = _result.CustomStatusChanged,
        CustomStatus = _result.CustomStatus,
        Output = RowAfter.Output,
        Failure = RowAfter.Failure,
        WaitSummary = RowAfter.WaitSummary,
    };

    private InstanceRow NextRow()
    {
        InstanceRow next = _row with
        {
            Status = _result.Status,
            UpdatedAt = _now,
            LastSequence = _row.LastSequence + 1,
            CustomStatus = _result.CustomStatusChanged ? _result.CustomStatus : _row.CustomStatus,
            Output = _result.Output,
            Failure = _result.Failure is { } failure && _result.Continuation is null ? HistorySerializer.WriteFailure(failure) : null,
            WaitSummary = _result.WaitSummary,
            Attempts = 0,
            ParkedReason = null,
        };
        if (next.HasEnded)
            next = next with { CompletedAt = _now };
        return _result.Continuation is not { } continuation ? next : next with
        {
            ExecutionId = NewExecutionId(),
            Version = continuation.Version,
            Input = continuation.Input,
            LastSequence = 0,
            StartAt = null,
        };
    }

    private static string NewExecutionId() => Guid.NewGuid().ToString("N");
}
