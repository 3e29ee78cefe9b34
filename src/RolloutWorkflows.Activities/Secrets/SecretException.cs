namespace RolloutWorkflows.Activities;

/// <summary>A secret cannot be had. The message names it and where it was looked for, and never holds any part of it.</summary>
public sealed class SecretException(string message) : Exception(message);
