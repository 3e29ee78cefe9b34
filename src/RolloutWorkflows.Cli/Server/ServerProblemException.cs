using RolloutWorkflows.Host;

namespace RolloutWorkflows.Cli;

/// <summary>The server answered with a problem.</summary>
internal sealed class ServerProblemException(ApiProblem problem) : Exception(problem.Detail)
{
    public ApiProblem Problem { get; } = problem;

    public int ExitCode => Problem.Status switch
    {
        400 or 413 or 415 or 422 => Cli.ExitCode.Invalid,
        403 or 409 => Cli.ExitCode.Refused,
        _ => Cli.ExitCode.No,
    };
}
