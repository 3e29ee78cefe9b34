namespace RolloutWorkflows.Activities;

/// <summary>A snapshot cannot be used; the message says why, as a sentence without its full stop.</summary>
internal sealed class SnapshotException(string message) : Exception(message);
