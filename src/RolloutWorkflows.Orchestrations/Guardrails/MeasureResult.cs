namespace RolloutWorkflows.Orchestrations;

/// <summary>One measurement per guardrail asked for, in the same order, then one per counter.</summary>
public sealed record MeasureResult
{
    public required IReadOnlyList<Measurement> Measurements { get; init; }

    /// <summary>Null where none was asked for.</summary>
    public ReadBackResult? ReadBack { get; init; }
}
