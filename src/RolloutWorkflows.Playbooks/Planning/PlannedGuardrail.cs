namespace RolloutWorkflows.Playbooks;

/// <summary>How soon a guardrail speaks.</summary>
public sealed record PlannedGuardrail
{
    public required string Name { get; init; }

    public required TimeSpan Interval { get; init; }

    /// <summary>
    /// From the moment at which the world turns bad to the measurement that exceeds the limit, at worst: the longer of
    /// one interval and the initial delay, and one interval for each failure that is tolerated.
    /// </summary>
    public required TimeSpan WorstDetection { get; init; }

    /// <summary>The roles that own it.</summary>
    public IReadOnlyList<string> Owners { get; init; } = [];

    /// <summary>What it does then; <see cref="Reaction.Continue"/> in shadow mode.</summary>
    public required Reaction Reaction { get; init; }

    /// <summary>True where nothing it measures can fail: it only warns.</summary>
    public required bool OnlyWarns { get; init; }
}
