using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Simulation;

/// <summary>A stage of a simulated run.</summary>
public sealed record SimulatedStage
{
    public required StageStatus Stage { get; init; }

    /// <summary>Its guardrails, as far as they were measured.</summary>
    public required IReadOnlyList<GuardrailStatus> Guardrails { get; init; }
}
