namespace RolloutWorkflows.Playbooks;

/// <summary>One stage of a plan.</summary>
public sealed record PlannedStage
{
    public required string Name { get; init; }

    public string? Title { get; init; }

    /// <summary>What is reached when it is promoted; null: nothing that has a name.</summary>
    public Milestone? Milestone { get; init; }

    /// <summary>The roles that own it as a whole.</summary>
    public IReadOnlyList<string> Owners { get; init; } = [];

    /// <summary>The stages that must be promoted first.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>The gates in order; the last one is the promotion.</summary>
    public required IReadOnlyList<PlannedGate> Gates { get; init; }

    /// <summary>The stage's own guardrails.</summary>
    public IReadOnlyList<PlannedGuardrail> Guardrails { get; init; } = [];

    public required PlannedRollback Rollback { get; init; }
}
