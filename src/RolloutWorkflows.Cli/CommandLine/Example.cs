namespace RolloutWorkflows.Cli;

/// <summary>A command line and what it does, for the help.</summary>
internal sealed record Example(string CommandLine, string Does);
