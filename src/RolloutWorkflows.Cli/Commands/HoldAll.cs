using System.CommandLine;
using RolloutWorkflows.Host;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Cli;

/// <summary><c>rollout hold --all</c>.</summary>
internal static class HoldAll
{
    public static readonly Option<bool> All = new("--all") { Description = "Hold every run that has not ended. Runs that start later are not held." };

    public static async Task<int> RunAsync(Terminal terminal, RolloutClient client, CommandRequest request, ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.GetValue(CommonOptions.Run) is { Length: > 0 } run) throw new CommandFailedException(ExitCode.Usage, $"--all holds every run, and '{run}' names one; give one or the other.");
        var answer = await client.HoldAllAsync(request, cancellation);
        if (parsed.GetValue(CommonOptions.Json)) terminal.Json(answer);
        else if (answer.Runs.Count == 0) terminal.Line("No run is under way.");
        else Write(terminal, answer);
        return answer.Runs.All(StandsStill) ? ExitCode.Ok : ExitCode.Refused;
    }

    /// <summary>One that refused may be held already, or be past the point where a hold would mean anything.</summary>
    private static bool StandsStill(OneRunAnswer run) =>
        run.Accepted || run.State is RunState.Holding or RunState.RollingBack or RunState.RolledBack or RunState.Succeeded or RunState.Aborted;

    private static void Write(Terminal terminal, EveryRunAnswer answer)
    {
        var table = new TextTable("RUN", "STATE", "ANSWER");
        foreach (var run in answer.Runs) table.Add(run.RunId, Words.Of(run.State), run.Message);
        table.Write(terminal.Out);
    }
}
