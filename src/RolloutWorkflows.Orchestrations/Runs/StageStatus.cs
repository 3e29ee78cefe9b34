namespace RolloutWorkflows.Orchestrations;

/// <summary>One stage of a run as people see it.</summary>
public sealed record StageStatus
{
    public required string Name { get; init; }

    public string? Title { get; init; }

    public required StageState State { get; init; }

    public int Attempt { get; init; }

    /// <summary>When the present attempt opened, in real time.</summary>
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>When it was promoted, rolled back or stopped, in real time.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The instance whose status holds the soak ledger; null before the first effect.</summary>
    public string? SoakInstanceId { get; init; }

    /// <summary>True while its soak only watches: its guardrails go on beside later stages.</summary>
    public bool IsWatched { get; init; }

    /// <summary>The one surface that it moves; null: all.</summary>
    public string? Surface { get; init; }

    /// <summary>Steps that stand where only a surface of the stage was rolled back: another attempt leaves them alone.</summary>
    public IReadOnlyList<string> Standing { get; init; } = [];

    /// <summary>Surfaces for which its promotion still counts, where it was rolled back for others.</summary>
    public IReadOnlyList<string> PromotedFor { get; init; } = [];

    /// <summary>What the stage's steps and checks came to, newest try of each.</summary>
    public IReadOnlyList<StepStatus> Steps { get; init; } = [];
}
