namespace RolloutWorkflows.Orchestrations;

/// <summary>A guardrail's counts and last measurement in this attempt.</summary>
public sealed record GuardrailStatus
{
    public required string Name { get; init; }

    /// <summary>Null before its first measurement, which is not a success.</summary>
    public Measurement? Last { get; init; }

    /// <summary>When the last green measurement was taken, on the real clock; null: none was.</summary>
    public DateTimeOffset? CleanAt { get; init; }

    /// <summary>When the first measurement of those was taken that have not been green since; null where the last one was green.</summary>
    public DateTimeOffset? BadSince { get; init; }

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
