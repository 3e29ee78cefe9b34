namespace RolloutWorkflows.Playbooks;

/// <summary>A milestone that is reached when its stage is promoted.</summary>
public sealed record Milestone
{
    public required string Id { get; init; }

    public string? Title { get; init; }
}
