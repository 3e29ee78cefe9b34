namespace RolloutWorkflows.Activities;

/// <summary>No address of a host may be connected to. The message says which, and why.</summary>
internal sealed class EgressRefusedException(string message) : IOException(message);
