using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.History;

namespace RolloutWorkflows.DurableTask.Execution.Turns;

/// <summary>What one turn of an execution came to.</summary>
internal sealed record TurnResult
{
    /// <summary>Events to append to the history: the start of the turn, what happened, what was asked for.</summary>
    public required IReadOnlyList<HistoryEvent> Events { get; init; }

    /// <summary>New actions to carry out once the turn is durable.</summary>
    public IReadOnlyList<OrchestratorAction> Actions { get; init; } = [];

    /// <summary>Recorded timers that were cancelled in this turn or are not wanted any more.</summary>
    public IReadOnlyList<OpenTask> CancelledTimers { get; init; } = [];

    /// <summary>Where the instance stands after the turn.</summary>
    public required OrchestrationRuntimeStatus Status { get; init; }

    /// <summary>Whether the orchestrator set its custom status in this turn.</summary>
    public bool CustomStatusChanged { get; init; }

    public string? CustomStatus { get; init; }

    /// <summary>Output of an instance that completed or was terminated.</summary>
    public string? Output { get; init; }

    /// <summary>Failure of an instance that failed.</summary>
    public TaskFailureDetails? Failure { get; init; }

    /// <summary>How the instance continues as new, or <see langword="null"/>.</summary>
    public Continuation? Continuation { get; init; }

    /// <summary>What the instance waits for, or <see langword="null"/> once it has ended.</summary>
    public string? WaitSummary { get; init; }

    /// <summary>How many of the given events were taken, from the first. Those after them came too late for this execution.</summary>
    public required int TakenEvents { get; init; }

    /// <summary>Why the execution cannot go on, or <see langword="null"/>. The turn must then not be committed.</summary>
    public string? ParkReason { get; init; }
}
