namespace RolloutWorkflows.Playbooks;

/// <summary>A role in the rollout: who fills it, and what it owns.</summary>
public sealed record Role
{
    public string? Group { get; init; }

    public string? Person { get; init; }

    public string? Description { get; init; }

    public IReadOnlyList<string> Owns { get; init; } = [];
}
