namespace RolloutWorkflows.Orchestrations;

/// <summary>What a soak that has passed came to, in playbook time.</summary>
public sealed record SoakAccount
{
    /// <summary>Clean time that was needed.</summary>
    public required TimeSpan Needed { get; init; }

    public required TimeSpan Counted { get; init; }

    /// <summary>Time that did not count.</summary>
    public TimeSpan Lost { get; init; }

    /// <summary>What its counters came to.</summary>
    public IReadOnlyList<CountedIncrease> Counts { get; init; } = [];

    /// <summary>How often its clock began again.</summary>
    public int Resets { get; init; }

    /// <summary>The last breach in one sentence; null where there was none.</summary>
    public string? LastBreach { get; init; }
}
