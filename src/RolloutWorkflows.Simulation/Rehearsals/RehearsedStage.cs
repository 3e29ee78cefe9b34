using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Simulation;

/// <summary>How the way back of one stage came out in a rehearsal.</summary>
public sealed record RehearsedStage
{
    public required string Stage { get; init; }

    /// <summary>What broke, in a few words.</summary>
    public required string Cause { get; init; }

    /// <summary>From the moment the fault began until the run went back, in playbook time; null where people sent it back, or it never went.</summary>
    public TimeSpan? DetectedAfter { get; init; }

    /// <summary>What the rollback did; null where there was none.</summary>
    public RollbackReport? Rollback { get; init; }

    /// <summary>What is wrong; empty where everything stands as before the run.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    public bool Passed => Problems.Count == 0;
}
