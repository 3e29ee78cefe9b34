namespace RolloutWorkflows.Orchestrations;

/// <summary>What settling drift came to.</summary>
public sealed record DriftSettled
{
    /// <summary>One sentence for each target.</summary>
    public required IReadOnlyList<string> Messages { get; init; }

    /// <summary>Targets that are as they were, since something stood in the way; empty where all were settled.</summary>
    public IReadOnlyList<DriftedTarget> Left { get; init; } = [];
}
