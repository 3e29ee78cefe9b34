using RolloutWorkflows.DurableTask.Client;

namespace RolloutWorkflows.DurableTask.Storage;

/// <summary>The stored state of an instance. Times are UTC.</summary>
public sealed record InstanceRow
{
    /// <summary>Id of the instance; unique in the store.</summary>
    public required string InstanceId { get; init; }

    /// <summary>Name of the orchestrator.</summary>
    public required string Name { get; init; }

    /// <summary>Version; empty when unversioned.</summary>
    public string Version { get; init; } = string.Empty;

    /// <summary>Changes whenever the instance continues as new or is replaced.</summary>
    public required string ExecutionId { get; init; }

    /// <summary>Where the instance stands.</summary>
    public OrchestrationRuntimeStatus Status { get; init; } = OrchestrationRuntimeStatus.Pending;

    /// <summary>The calling orchestration, or <see langword="null"/>.</summary>
    public ParentLink? Parent { get; init; }

    /// <summary>When it was scheduled.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When its state last changed.</summary>
    public required DateTime UpdatedAt { get; init; }

    /// <summary>When it ended, or <see langword="null"/>.</summary>
    public DateTime? CompletedAt { get; init; }

    /// <summary>Not to be started before this time; <see langword="null"/> for at once. A timer with task id -1 exists for it.</summary>
    public DateTime? StartAt { get; init; }

    /// <summary>Sequence of the execution's last turn; 0 before its first.</summary>
    public long LastSequence { get; init; }

    /// <summary>Input, or <see langword="null"/> if none was given.</summary>
    public string? Input { get; init; }

    /// <summary>Output of a completed or terminated instance.</summary>
    public string? Output { get; init; }

    /// <summary>Failure of a failed instance, as JSON.</summary>
    public string? Failure { get; init; }

    /// <summary>Custom status, or <see langword="null"/>.</summary>
    public string? CustomStatus { get; init; }

    /// <summary>Tags as a JSON object, or <see langword="null"/> if there are none.</summary>
    public string? Tags { get; init; }

    /// <summary>What the instance waits for, as JSON.</summary>
    public string? WaitSummary { get; init; }

    /// <summary>Turns in a row that failed for reasons outside the orchestrator.</summary>
    public int Attempts { get; init; }

    /// <summary>Why the instance cannot go on, or <see langword="null"/>.</summary>
    public string? ParkedReason { get; init; }

    /// <summary>Whether the status is final.</summary>
    public bool HasEnded => Status
        is OrchestrationRuntimeStatus.Completed
        or OrchestrationRuntimeStatus.Failed
        or OrchestrationRuntimeStatus.Terminated;
}
