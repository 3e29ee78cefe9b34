namespace RolloutWorkflows.Orchestrations;

/// <summary>
/// A run as people see it, kept as the orchestration's custom status: a projection of its history, complete enough
/// for status, list and watch without reading the history.
/// </summary>
public sealed record RunStatus
{
    public required string RunId { get; init; }

    public required string Playbook { get; init; }

    public string? Title { get; init; }

    /// <summary>Where the run stands; where one of its surfaces is worse off, that.</summary>
    public required RunState State { get; init; }

    /// <summary>What the rest of the run does, where <see cref="State"/> is that of a surface which is worse off; null otherwise.</summary>
    public RunState? Meanwhile { get; init; }

    /// <summary>One sentence: why it stands here, for whom or what it waits, until when.</summary>
    public required string Because { get; init; }

    /// <summary>The stage in hand; null before the first and after the last.</summary>
    public string? Stage { get; init; }

    public int Attempt { get; init; }

    public required string StartedBy { get; init; }

    /// <summary>The person or group that answers for the run now; null where the playbook names none.</summary>
    public string? Owner { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The earlier run that it takes over from; null: none.</summary>
    public string? Supersedes { get; init; }

    /// <summary>The later run that has taken over from it, where that began while this one stood rolled back; null otherwise.</summary>
    public string? SupersededBy { get; init; }

    /// <summary>The state that a resume returns to; set while holding.</summary>
    public RunState? HeldIn { get; init; }

    /// <summary>The commands that would be accepted now.</summary>
    public IReadOnlyList<RunVerb> Accepts { get; init; } = [];

    /// <summary>Where the run holds or was rolled back: the ways on, with what each would do.</summary>
    public IReadOnlyList<GuidedChoice> Choices { get; init; } = [];

    public IReadOnlyList<OpenApproval> OpenApprovals { get; init; } = [];

    public required IReadOnlyList<StageStatus> Stages { get; init; }

    /// <summary>The newest version of each document attached to the run, by name.</summary>
    public IReadOnlyList<RunDocument> Documents { get; init; } = [];

    /// <summary>The surfaces that move and roll back alone, as the playbook lists them; empty where it has none.</summary>
    public IReadOnlyList<SurfaceStatus> Surfaces { get; init; } = [];

    /// <summary>What reads otherwise than the run set it; empty where nothing is known to.</summary>
    public IReadOnlyList<DriftedTarget> Drift { get; init; } = [];

    /// <summary>The last rollback; null where there was none.</summary>
    public RollbackReport? Rollback { get; init; }

    /// <summary>What a rollback that was asked for now would go back to; while one goes on, what it goes back to.</summary>
    public RollbackScope? RollsBack { get; init; }

    public double TimeCompression { get; init; } = 1;
}
