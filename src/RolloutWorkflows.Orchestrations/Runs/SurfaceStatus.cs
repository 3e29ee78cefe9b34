namespace RolloutWorkflows.Orchestrations;

/// <summary>One surface of a run as people see it.</summary>
public sealed record SurfaceStatus
{
    public required string Surface { get; init; }

    public required SurfaceState State { get; init; }

    /// <summary>One sentence; empty where there is nothing to say.</summary>
    public string Because { get; init; } = "";

    /// <summary>The latest stage that moved it; null where none has.</summary>
    public string? Stage { get; init; }

    /// <summary>Its last rollback of its own; null where there was none.</summary>
    public RollbackReport? Rollback { get; init; }

    /// <summary>What a rollback of it alone would go back to now; while one goes on, what it goes back to.</summary>
    public RollbackScope? RollsBack { get; init; }
}
