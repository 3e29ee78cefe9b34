namespace RolloutWorkflows.Activities;

/// <summary>One file of a snapshot.</summary>
/// <param name="Path">Relative to the snapshot's folder, with <c>/</c>.</param>
/// <param name="Sha256">Of its bytes, in lower-case hex.</param>
/// <param name="Size">In bytes.</param>
public sealed record SnapshotFile(string Path, string Sha256, long Size);
