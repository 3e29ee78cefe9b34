namespace RolloutWorkflows.Cli;

/// <summary>Ends a command with words for people and an exit code for scripts.</summary>
internal sealed class CommandFailedException(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
