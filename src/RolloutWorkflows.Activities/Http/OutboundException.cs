namespace RolloutWorkflows.Activities;

/// <summary>Another service gave no answer. The message says why, without the address, which may hold a secret.</summary>
internal sealed class OutboundException(string message) : Exception(message);
