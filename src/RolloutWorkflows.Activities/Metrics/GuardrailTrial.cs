using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>What a guardrail makes of one measurement.</summary>
public sealed record GuardrailTrial
{
    public required string Name { get; init; }

    /// <summary>The stage that it belongs to; null: the whole playbook.</summary>
    public string? Stage { get; init; }

    public required MeasurementVerdict Verdict { get; init; }

    /// <summary>The rule that decided, expected against got.</summary>
    public required string Message { get; init; }
}
