namespace RolloutWorkflows.Orchestrations;

/// <summary>One measurement per guardrail asked for, in the same order.</summary>
public sealed record MeasureResult
{
    public required IReadOnlyList<Measurement> Measurements { get; init; }
}
