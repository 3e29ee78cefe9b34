using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.History;

namespace RolloutWorkflows.DurableTask.Execution.Turns;

/// <summary>
/// One execution of an orchestrator in memory: rebuilt from history by <see cref="Replay"/>, moved on by
/// <see cref="ExecuteTurn"/>. It does no input or output, reads no clock and starts no thread; equal events give equal
/// results. Not safe for concurrent use.
/// </summary>
internal sealed partial class OrchestrationExecution
{
    private readonly ITaskOrchestrator _orchestrator;
    private readonly EngineOrchestrationContext _context;
    private readonly OrchestratorSynchronizationContext _thread = new();
    private readonly ActionBuffer _actions = new();
    private readonly EventMailbox _events = new();
    private readonly SortedDictionary<int, OpenTask> _open = [];
    private readonly Queue<HistoryEvent> _heldWhileSuspended = new();
    private readonly List<OpenTask> _cancelledTimers = [];
    private Completion? _completion;
    private ContinueRequest? _continueAsNew;
    private bool _started;
    private bool _suspended;
    private string? _customStatus;
    private bool _customStatusChanged;
    private int _eventNumber;

    public OrchestrationExecution(OrchestrationIdentity identity, ITaskOrchestrator orchestrator, ExecutionSettings settings)
    {
        Identity = identity;
        Settings = settings;
        _orchestrator = orchestrator;
        _context = new(this);
    }

    public OrchestrationIdentity Identity { get; }

    public ExecutionSettings Settings { get; }

    /// <summary>Orchestration time: that of the turn.</summary>
    public DateTime Now { get; private set; }

    public bool IsReplaying { get; private set; }

    /// <summary>Number the next action will get.</summary>
    public int NextTaskId => _actions.NextTaskId;

    /// <summary>Told, on any thread, when the orchestrator continues outside a turn.</summary>
    public Action? ForeignContinuation
    {
        get => _thread.ForeignContinuation;
        set => _thread.ForeignContinuation = value;
    }

    /// <summary>Rebuilds the state from recorded turns.</summary>
    /// <exception cref="NonDeterministicOrchestrationException">The orchestrator asks for something else than is recorded.</exception>
    public void Replay(IEnumerable<HistoryEvent> history)
    {
        IsReplaying = true;
        SynchronizationContext? previous = _thread.Enter();
        try
        {
            foreach (HistoryEvent recorded in history)
            {
                _eventNumber++;
                ReplayOne(recorded);
                _thread.Drain();
            }
        }
        finally
        {
            _thread.Exit(previous);
            IsReplaying = false;
        }

        // The rows of timers cancelled in recorded turns went with those turns.
        _cancelledTimers.Clear();
        _customStatusChanged = false;
    }

    /// <summary>Takes in new events and runs the orchestrator until it waits again or ends.</summary>
    /// <param name="now">Time of the turn, in UTC; not before that of the last turn.</param>
    /// <param name="newEvents">What happened, in order.</param>
    public TurnResult ExecuteTurn(DateTime now, IReadOnlyList<HistoryEvent> newEvents)
    {
        Now = now > Now ? now : Now;
        _eventNumber++;
        List<HistoryEvent> recorded = new(newEvents.Count + 4) { new TurnStarted(Now) };
        int taken = 0;
        SynchronizationContext? previous = _thread.Enter();
        try
        {
            for (; taken < newEvents.Count && !HasOutcome; taken++)
            {
                recorded.Add(newEvents[taken]);
                Apply(newEvents[taken]);
                _thread.Drain();
            }
        }
        finally
        {
            _thread.Exit(previous);
        }

        return FindIllegalAwait() is { } reason
            ? new() { Events = [], Status = OrchestrationRuntimeStatus.Running, TakenEvents = 0, ParkReason = reason }
            : Conclude(recorded, newEvents, taken);
    }

    private void ReplayOne(HistoryEvent recorded)
    {
        if (recorded is TurnStarted turn)
            Now = turn.At;
        else if (RecordedCommand.TaskIdOf(recorded) is { } taskId)
            _actions.MatchRecorded(taskId, recorded, _eventNumber);
        else
            Apply(recorded);
    }

    private bool HasOutcome => _completion is { } completion
        && (completion.Status == OrchestrationRuntimeStatus.Terminated
            || (!_suspended && (Settings.CompleteWithOpenTasks || _open.Count == 0)));

    private void Apply(HistoryEvent happened)
    {
        switch (happened)
        {
            case ExecutionTerminated terminated:
                _completion = new(OrchestrationRuntimeStatus.Terminated, terminated.Output, null);
                break;
            case ExecutionSuspended:
                _suspended = true;
                break;
            case ExecutionResumed:
                Resume();
                break;
            case var other when _suspended && other is not ExecutionStarted:
                _heldWhileSuspended.Enqueue(other);
                break;
            default:
                ApplyRunning(happened);
                break;
        }
    }

    private void ApplyRunning(HistoryEvent happened)
    {
        switch (happened)
        {
            case ExecutionStarted:
                Start();
                break;
            case TaskCompleted done:
                Close(done.TaskId)?.Complete(done.Result, Settings.Converter);
                break;
            case TaskFailed failed:
                Close(failed.TaskId)?.Fail(failed.Failure);
                break;
            case SubOrchestrationCompleted done:
                Close(done.TaskId)?.Complete(done.Result, Settings.Converter);
                break;
            case SubOrchestrationFailed failed:
                Close(failed.TaskId)?.Fail(failed.Failure);
                break;
            case TimerFired fired:
                Close(fired.TaskId)?.Complete(null, Settings.Converter);
                break;
            case EventRaised raised:
                _events.Raise(raised, Settings.Converter);
                break;
        }
    }

    private void Resume()
    {
        _suspended = false;
        while (!_suspended && _heldWhileSuspended.TryDequeue(out HistoryEvent? held))
        {
            ApplyRunning(held);
            _thread.Drain();
        }
    }

    private OpenTask? Close(int taskId)
    {
        // A completion that nobody waits for is late or came twice; both are harmless.
        if (!_open.Remove(taskId, out OpenTask? task))
            return null;
        task.Cancellation.Dispose();
        return task;
    }

    private void Start()
    {
        if (_started)
            return;
        _started = true;
        _ = RunOrchestratorAsync();
    }

    private async Task RunOrchestratorAsync()
    {
        Completion completion;
        try
        {
            _context.Input = Settings.Converter.Deserialize(Identity.Input, _orchestrator.InputType);
            object? output = await _orchestrator.RunAsync(_context, _context.Input);
            completion = new(OrchestrationRuntimeStatus.Completed, Settings.Converter.Serialize(output), null);
        }
        catch (Exception error)
        {
            TaskFailureDetails failure = TaskFailureDetails.FromException(error, Settings.ExceptionProperties);
            completion = new(OrchestrationRuntimeStatus.Failed, null, failure);
            _continueAsNew = null;
        }

        if (_thread.IsCurrent)
            _completion ??= completion;
        else
            _thread.Refuse();
    }

    /// <summary>Tells whether the orchestrator waits for something that can never come back to it, and why; otherwise <see langword="null"/>.</summary>
    public string? FindIllegalAwait()
    {
        bool waitsForNothing = _started && _completion is null && !_suspended && _open.Count == 0 && !_events.HasWaiters;
        if (!waitsForNothing && !_thread.SawForeignContinuation)
            return null;
        return $"Orchestrator '{Identity.Name}' awaits a task that its context did not create, such as Task.Delay, an HTTP call, Task.Run or "
            + "anything with ConfigureAwait(false), so it could never be resumed by replay. Move that work into an activity, or use "
            + "context.CreateTimer for delays; then deploy and resume the instance, or terminate it.";
    }

    private sealed record ContinueRequest(string? Input, string Version, bool PreserveEvents);
}
