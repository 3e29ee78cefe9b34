namespace RolloutWorkflows.Activities;

/// <summary>An environment file cannot be used. The message says why, for people.</summary>
internal sealed class EnvironmentFileException(string message) : Exception(message);
