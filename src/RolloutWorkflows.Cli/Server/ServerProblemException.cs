using RolloutWorkflows.Host;

namespace RolloutWorkflows.Cli;

/// <summary>The server answered with a problem.</summary>
internal sealed class ServerProblemException(ApiProblem problem) : Exception(problem.Detail)
{
    public ApiProblem Problem { get; } = problem;

    public int ExitCode => Problem.Status switch
    {
        // The program builds the request, so what the server cannot understand in it is an option's value.
        400 => Cli.ExitCode.Usage,
        413 or 415 or 422 => Cli.ExitCode.Invalid,
        401 or 403 or 409 or 429 or 503 => Cli.ExitCode.Refused,
        _ => Cli.ExitCode.No,
    };
}
