using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>How far a rollback goes back, and from where.</summary>
public sealed record RollbackScope
{
    public required string Stage { get; init; }

    public required int Attempt { get; init; }

    public required RollbackTarget To { get; init; }

    /// <summary>The one surface that goes back; null: all.</summary>
    public string? Surface { get; init; }
}
