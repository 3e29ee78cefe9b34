namespace RolloutWorkflows.Orchestrations;

/// <summary>What reading back every live effect of a run came to. Both lists empty: everything stands as the run set it.</summary>
public sealed record ReadBackResult
{
    public IReadOnlyList<DriftedTarget> Drifted { get; init; } = [];

    /// <summary>Targets that could not be read, one sentence each: an error, which is no drift.</summary>
    public IReadOnlyList<string> Unreadable { get; init; } = [];
}
