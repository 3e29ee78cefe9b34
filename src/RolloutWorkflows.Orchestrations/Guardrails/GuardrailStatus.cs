namespace RolloutWorkflows.Orchestrations;

/// <summary>A guardrail's counts and last measurement in this attempt.</summary>
public sealed record GuardrailStatus
{
    public required string Name { get; init; }

    /// <summary>Null before its first measurement, which is not a success.</summary>
    public Measurement? Last { get; init; }

    public int Measured { get; init; }

    /// <summary>Grid points that passed without a measurement.</summary>
    public int Skipped { get; init; }

    public int Failed { get; init; }

    public int ConsecutiveFailed { get; init; }

    public int ConsecutiveErrors { get; init; }

    public int Inconclusive { get; init; }

    public int ConsecutiveNoData { get; init; }

    public int Warnings { get; init; }
}
