using RolloutWorkflows.DurableTask.Client;

namespace RolloutWorkflows.DurableTask.Storage;

/// <summary>The new state of an instance: everything that can change, and what the stored row must be for it to apply.</summary>
public sealed record InstanceUpdate
{
    /// <summary>Id of the instance.</summary>
    public required string InstanceId { get; init; }

    /// <summary>Execution that the stored row must have.</summary>
    public required string ExpectedExecutionId { get; init; }

    /// <summary>Last sequence that the stored row must have.</summary>
    public required long ExpectedSequence { get; init; }

    /// <summary>New last sequence.</summary>
    public required long LastSequence { get; init; }

    /// <summary>Where the instance stands now.</summary>
    public required OrchestrationRuntimeStatus Status { get; init; }

    /// <summary>When its state changed.</summary>
    public required DateTime UpdatedAt { get; init; }

    /// <summary>When it ended, or <see langword="null"/>.</summary>
    public DateTime? CompletedAt { get; init; }

    /// <summary>The new execution when it continues as new, or <see langword="null"/> to keep execution, version and input.</summary>
    public NewExecution? NewExecution { get; init; }

    /// <summary>Whether <see cref="CustomStatus"/> is to be written.</summary>
    public bool CustomStatusChanged { get; init; }

    /// <summary>New custom status.</summary>
    public string? CustomStatus { get; init; }

    /// <summary>Output of a completed or terminated instance.</summary>
    public string? Output { get; init; }

    /// <summary>Failure of a failed instance, as JSON.</summary>
    public string? Failure { get; init; }

    /// <summary>What the instance waits for, as JSON.</summary>
    public string? WaitSummary { get; init; }

    /// <summary>Turns in a row that failed for reasons outside the orchestrator.</summary>
    public int Attempts { get; init; }

    /// <summary>Why the instance cannot go on, or <see langword="null"/>.</summary>
    public string? ParkedReason { get; init; }

    /// <summary>Whether the new status is final.</summary>
    public bool HasEnded => Status
        is OrchestrationRuntimeStatus.Completed
        or OrchestrationRuntimeStatus.Failed
        or OrchestrationRuntimeStatus.Terminated;
}
