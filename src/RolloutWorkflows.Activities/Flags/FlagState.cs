namespace RolloutWorkflows.Activities;

/// <summary>A flag as it stands. Precedence when it is evaluated: disabled, then the canary's allowlist, then the percentage.</summary>
public sealed record FlagState
{
    /// <summary>Unique; holds no <c>/</c>.</summary>
    public required string Name { get; init; }

    public required FlagKind Kind { get; init; }

    /// <summary>False: off for everybody, whatever else it says.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>For percentage flags: the share of users who have it, 0–100, fractions allowed.</summary>
    public double Percent { get; init; }

    public FlagCanary Canary { get; init; } = FlagCanary.None;

    /// <summary>1 when created, one more with each change.</summary>
    public long Version { get; init; }

    /// <summary>The person, or <c>rollout</c>, who changed it last.</summary>
    public string UpdatedBy { get; init; } = "";

    /// <summary>When it was changed last, on the real clock.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>True where both decide alike: name, version and who changed it are left out.</summary>
    public bool DecidesLike(FlagState other) =>
        Kind == other.Kind && Enabled == other.Enabled && Percent.Equals(other.Percent) && Canary == other.Canary;
}
