namespace RolloutWorkflows.Activities;

/// <summary>One line of a flag's audit: who changed what, when, why, for which run. Refused changes are lines too.</summary>
public sealed record FlagAuditEntry
{
    /// <summary>Counts up over all flags; the order in which changes were made.</summary>
    public required long Number { get; init; }

    public required string Flag { get; init; }

    public required FlagChangeOutcome Outcome { get; init; }

    public required string Actor { get; init; }

    public string? Reason { get; init; }

    public FlagFence? Fence { get; init; }

    public string? Stage { get; init; }

    public int? Attempt { get; init; }

    public FlagState? Before { get; init; }

    public FlagState? After { get; init; }

    /// <summary>On the real clock.</summary>
    public required DateTimeOffset At { get; init; }
}
