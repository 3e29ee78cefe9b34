namespace RolloutWorkflows.Playbooks;

/// <summary>When a gate is passed at the earliest, and by when it is passed or the run stops waiting.</summary>
public sealed record PlannedGate
{
    public required GateKind Kind { get; init; }

    /// <summary>What it waits for, in a few words.</summary>
    public required string Description { get; init; }

    /// <summary>The roles that own it, or parts of it by name: <c>security: key-rotation</c>.</summary>
    public IReadOnlyList<string> Owners { get; init; } = [];

    /// <summary>If checks and steps take no time and people answer at once; null where its windows never open.</summary>
    public DateTimeOffset? Earliest { get; init; }

    /// <summary>Null where nothing ends the waiting.</summary>
    public DateTimeOffset? Latest { get; init; }
}
