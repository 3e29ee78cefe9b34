namespace RolloutWorkflows.Cli;

/// <summary>How a command ended, for scripts. Documented in <c>docs/command-line.md</c>; once released a number keeps its meaning.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>The answer is no: not found, or the run was rolled back, aborted or failed.</summary>
    public const int No = 1;

    /// <summary>The command line itself is wrong.</summary>
    public const int Usage = 2;

    /// <summary>A playbook, an input or the configuration is invalid.</summary>
    public const int Invalid = 3;

    /// <summary>No server answers.</summary>
    public const int Unreachable = 4;

    /// <summary>The server or the run refuses.</summary>
    public const int Refused = 5;

    /// <summary>Ctrl-C or a termination signal.</summary>
    public const int Interrupted = 130;
}
