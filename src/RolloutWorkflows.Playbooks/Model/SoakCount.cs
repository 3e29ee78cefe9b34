namespace RolloutWorkflows.Playbooks;

/// <summary>A counter that the system under rollout advances, and by how much it must.</summary>
public sealed record SoakCount
{
    public required string Metric { get; init; }

    public required double Increase { get; init; }
}
