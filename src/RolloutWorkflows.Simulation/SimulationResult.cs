using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Simulation;

/// <summary>What would have happened, and when.</summary>
public sealed record SimulationResult
{
    /// <summary>The run as it stands at the end of the simulation.</summary>
    public required RunStatus Run { get; init; }

    /// <summary>The run's record.</summary>
    public required IReadOnlyList<RunLogEntry> Record { get; init; }

    /// <summary>What each guardrail came to, by stage, in the order of the run.</summary>
    public required IReadOnlyList<SimulatedStage> Stages { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>How many measurements were judged.</summary>
    public required long Measurements { get; init; }

    /// <summary>True where every stage was promoted.</summary>
    public bool Succeeded => Run.State == RunState.Succeeded;
}
