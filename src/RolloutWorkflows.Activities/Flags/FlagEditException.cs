namespace RolloutWorkflows.Activities;

/// <summary>A change that a flag does not allow. The message says why and what to do; nothing was changed.</summary>
public sealed class FlagEditException(string message) : Exception(message);
