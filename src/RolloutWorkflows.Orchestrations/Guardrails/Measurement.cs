using System.Text.Json.Serialization;

namespace RolloutWorkflows.Orchestrations;

/// <summary>One measurement and its verdict. Numbers that are none (NaN) are written as texts.</summary>
[JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
public sealed record Measurement
{
    public required string Guardrail { get; init; }

    public required MeasurementVerdict Verdict { get; init; }

    public double? Value { get; init; }

    public double? Baseline { get; init; }

    public double? Samples { get; init; }

    /// <summary>One sentence: the rule that fired, expected against got.</summary>
    public required string Message { get; init; }

    /// <summary>When it was taken, on the real clock.</summary>
    public required DateTimeOffset MeasuredAt { get; init; }
}
