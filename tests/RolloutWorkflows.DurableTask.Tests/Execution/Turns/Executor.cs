using RolloutWorkflows.DurableTask.Execution.Turns;
using RolloutWorkflows.DurableTask.History;

namespace RolloutWorkflows.DurableTask.Tests.Execution.Turns;

/// <summary>Drives an execution turn by turn, as the engine does, and keeps what it records.</summary>
internal sealed class Executor<TInput, TOutput>(
    Func<TaskOrchestrationContext, TInput, Task<TOutput>> orchestrator, string? input = null, ExecutionSettings? settings = null)
{
    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private OrchestrationExecution? _live;

    public List<HistoryEvent> History { get; } = [];

    public DateTime Now { get; set; } = Start;

    /// <summary>Runs one turn on the live execution; the first turn starts the orchestrator.</summary>
    public TurnResult Turn(params HistoryEvent[] events)
    {
        _live ??= Replayed();
        HistoryEvent[] all = History.Count == 0 ? [new ExecutionStarted("x1"), .. events] : events;
        TurnResult result = _live.ExecuteTurn(Now, all);
        History.AddRange(result.Events);
        return result;
    }

    /// <summary>Forgets the live execution, so that the next turn begins with a replay.</summary>
    public void Evict() => _live = null;

    /// <summary>A new execution, rebuilt from what is recorded, with this orchestrator or another.</summary>
    public OrchestrationExecution Replayed(Func<TaskOrchestrationContext, TInput, Task<TOutput>>? other = null)
    {
        OrchestrationIdentity identity = new() { InstanceId = "i1", ExecutionId = "x1", Name = "test", Input = input };
        OrchestrationExecution execution = new(identity, FuncTaskOrchestrator.Create(other ?? orchestrator), settings ?? new());
        execution.Replay(History);
        return execution;
    }
}
