namespace SwarmLedger;

/// <summary>One file of a checkpoint.</summary>
public sealed record CheckpointFile(string Path, string Sha256, long Size);
