using System.CommandLine;
using RolloutWorkflows.Host;

namespace RolloutWorkflows.Cli;

/// <summary>Runs the part of a command that talks to the server, and turns what can go wrong into words and exit codes.</summary>
internal static class ServerCall
{
    public static Func<ParseResult, CancellationToken, Task<int>> Of(Terminal terminal, Func<RolloutClient, ParseResult, CancellationToken, Task<int>> work) =>
        async (parsed, cancellation) =>
        {
            var server = ServerAddress.Of(parsed, terminal);
            using var client = new RolloutClient(server, ServerKey.Of(parsed, server, terminal));
            try
            {
                return await work(client, parsed, cancellation);
            }
            catch (ServerUnreachableException error)
            {
                terminal.Complain(error.Message);
                return ExitCode.Unreachable;
            }
            catch (ServerProblemException error)
            {
                if (parsed.GetValue(CommonOptions.Json)) terminal.Json(error.Problem);
                Explain(terminal, error.Problem, CommandPath.Of(parsed.CommandResult));
                return error.ExitCode;
            }
        };

    private static void Explain(Terminal terminal, ApiProblem problem, string command)
    {
        terminal.Complain(problem.Detail);
        foreach (var one in problem.Problems ?? []) terminal.Note($"  {one}");
        if (problem.Accepts is { Count: > 0 } accepts) terminal.Note($"  Accepted now: {string.Join(", ", accepts)}.");
        foreach (var approval in problem.OpenApprovals ?? []) terminal.Note($"  Open: {approval}");
        if (CommandRemedies.For(problem, command) is { } remedy) terminal.Note($"  {remedy}");
    }
}
