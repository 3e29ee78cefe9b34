namespace RolloutWorkflows.Orchestrations;

/// <summary>Facts of the outside world for a decision pack.</summary>
public sealed record DecisionFacts
{
    /// <summary>The last measurement of each guardrail that has one.</summary>
    public IReadOnlyList<Measurement> Measurements { get; init; } = [];

    /// <summary>What each step would change, in their order; what cannot be read is left out of it.</summary>
    public IReadOnlyList<PackedChange> Changes { get; init; } = [];

    /// <summary>What could not be found out, one sentence each.</summary>
    public IReadOnlyList<string> Unknown { get; init; } = [];
}
