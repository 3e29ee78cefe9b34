namespace RolloutWorkflows.Orchestrations;

/// <summary>What a rollback did, how long it took, and whether it met its objective.</summary>
public sealed record RollbackReport
{
    public required string To { get; init; }

    /// <summary>The one surface that went back; null: the whole run.</summary>
    public string? Surface { get; init; }

    public required string Cause { get; init; }

    /// <summary>Who or what asked for it.</summary>
    public required string Actor { get; init; }

    public required IReadOnlyList<CompensationResult> Effects { get; init; }

    /// <summary>
    /// The time to detect: from the beginning of the fault to the breaching measurement, in real time. A fault begins with the
    /// first of the measurements that led to the breach; where none was green since the run's last change, with that change.
    /// Null where no guardrail spoke, since nobody says then when the fault began.
    /// </summary>
    public TimeSpan? Detected { get; init; }

    /// <summary>From the breaching measurement (or the command) to the last read-back, in real time; null while it goes on.</summary>
    public TimeSpan? Took { get; init; }

    public TimeSpan? Objective { get; init; }

    /// <summary>True where it took no longer than the objective; null where none is stated or it goes on.</summary>
    public bool? ObjectiveMet { get; init; }

    /// <summary>What stands in the way now; null where nothing does.</summary>
    public string? BlockedBy { get; init; }

    /// <summary>What the quiesce steps, recovery plays and verifications came to.</summary>
    public IReadOnlyList<StepStatus> Steps { get; init; } = [];

    /// <summary>Effects of the run that the rollback left in force, since it went back only so far. They are guarded on.</summary>
    public IReadOnlyList<StandingEffect> Standing { get; init; } = [];

    /// <summary>Effects that could not be undone and stay.</summary>
    public int LeftInPlace { get; init; }
}
