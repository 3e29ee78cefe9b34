namespace RolloutWorkflows.Orchestrations;

/// <summary>The soak ledger as people see it, kept as the soak orchestration's custom status. Times are playbook time.</summary>
public sealed record SoakStatus
{
    public required string Stage { get; init; }

    public required int Attempt { get; init; }

    /// <summary>Null until the soak itself starts; guardrails may be watched before.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Clean time needed.</summary>
    public TimeSpan Needed { get; init; }

    /// <summary>Clean time counted so far, as of <see cref="AsOf"/>.</summary>
    public TimeSpan Counted { get; init; }

    /// <summary>The playbook time of the last tick.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>When the soak will pass if nothing breaches; null before it starts, and where counters decide when.</summary>
    public DateTimeOffset? PassesAt { get; init; }

    public DateTimeOffset? Deadline { get; init; }

    public bool Passed { get; init; }

    public int Resets { get; init; }

    /// <summary>Playbook time that did not count.</summary>
    public TimeSpan Lost { get; init; }

    /// <summary>How far its counters are, as of <see cref="AsOf"/>; empty where only time decides.</summary>
    public IReadOnlyList<CountedIncrease> Counts { get; init; } = [];

    /// <summary>The last breach in one sentence; null where there was none.</summary>
    public string? LastBreach { get; init; }

    /// <summary>What reads otherwise than the run set it, as of <see cref="AsOf"/>.</summary>
    public IReadOnlyList<DriftedTarget> Drift { get; init; } = [];

    /// <summary>What the run set and could not be read, one sentence each.</summary>
    public IReadOnlyList<string> Unreadable { get; init; } = [];

    public IReadOnlyList<GuardrailStatus> Guardrails { get; init; } = [];
}
