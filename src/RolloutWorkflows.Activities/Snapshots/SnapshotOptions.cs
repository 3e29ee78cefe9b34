namespace RolloutWorkflows.Activities;

/// <summary>What has snapshots, by the names that playbooks use. Register it as a singleton before the activities.</summary>
public sealed record SnapshotOptions
{
    public IReadOnlyDictionary<string, SnapshotTarget> Targets { get; init; } = new Dictionary<string, SnapshotTarget>();
}
