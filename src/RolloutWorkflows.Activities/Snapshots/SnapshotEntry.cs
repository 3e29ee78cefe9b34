namespace RolloutWorkflows.Activities;

/// <summary>One folder of a catalog.</summary>
/// <param name="Name">The folder's name, which is the snapshot's.</param>
/// <param name="Manifest">What it consists of; null where the manifest cannot be read.</param>
/// <param name="Refusal">Why it does not count; null where its signature holds.</param>
internal sealed record SnapshotEntry(string Name, SnapshotManifest? Manifest, string? Refusal);
