namespace RolloutWorkflows.Activities;

/// <summary>A decision of a flag for a user, and everything that it rests on.</summary>
public sealed record FlagExplanation
{
    public required string Flag { get; init; }

    public required string User { get; init; }

    /// <summary>True: the user has the flag.</summary>
    public required bool Value { get; init; }

    public required FlagReason Reason { get; init; }

    /// <summary>False: the flag is off for everybody, whatever else it says.</summary>
    public required bool Enabled { get; init; }

    /// <summary>The user's place from 0 to 99,999: those whose place is below the percentage times 1,000 have the flag.</summary>
    public required long Bucket { get; init; }

    /// <summary>The flag's percentage; 0 or 100 for a boolean flag.</summary>
    public required double Percent { get; init; }

    public required bool CanaryEnabled { get; init; }

    /// <summary>True where the user is on the allowlist, whether the canary is enabled or not.</summary>
    public required bool OnAllowlist { get; init; }

    /// <summary>The version of the flag that was asked.</summary>
    public required long Version { get; init; }

    /// <summary>The same in one sentence.</summary>
    public required string Because { get; init; }
}
