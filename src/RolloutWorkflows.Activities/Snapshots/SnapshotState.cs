namespace RolloutWorkflows.Activities;

/// <summary>What a target says of its present state.</summary>
internal sealed record SnapshotState
{
    /// <summary>The digest of all files together.</summary>
    public required string Root { get; init; }

    /// <summary>The files; null where the target does not tell them.</summary>
    public IReadOnlyList<SnapshotFile>? Files { get; init; }
}
