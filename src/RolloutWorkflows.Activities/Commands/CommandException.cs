namespace RolloutWorkflows.Activities;

/// <summary>A command cannot be run as it is asked for; the message says why and what to do. Nothing ran.</summary>
internal sealed class CommandException(string message) : Exception(message);
