namespace RolloutWorkflows.Activities;

/// <summary>Something that has snapshots: where they lie, who signs them, how it tells its present state, and how it is restored. Immutable.</summary>
public sealed record SnapshotTarget
{
    /// <summary>The catalog: a folder below the host's <c>files</c>, with one folder for each snapshot.</summary>
    public required string Catalog { get; init; }

    /// <summary>Whose signature a manifest must carry: a name below <c>signers</c>.</summary>
    public required string SignedBy { get; init; }

    /// <summary>Answers <c>{ "root": …, "files": [ … ] }</c>; null: its state cannot be asked for.</summary>
    public JsonHttpSource? State { get; init; }

    /// <summary>Takes <c>{ "target", "snapshot", "root" }</c> by POST and restores; null: not by a request.</summary>
    public JsonHttpSource? RestoreAt { get; init; }

    /// <summary>The command that restores, called with the target, the snapshot's name, its root digest and its folder; null: not by a command.</summary>
    public string? RestoreBy { get; init; }
}
