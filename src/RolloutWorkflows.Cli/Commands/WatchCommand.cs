using System.CommandLine;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Cli;

/// <summary><c>rollout watch RUN</c>.</summary>
internal static class WatchCommand
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static Command Create(Terminal terminal)
    {
        var command = new ExampledCommand("watch", "Shows a run live until it ends, and ends with 0 only if it succeeded.")
        {
            Remarks = "A server that goes away is waited for (up to 5 minutes). In a pipe the run's record comes as lines.",
            Examples =
            [
                new("rollout watch", "Watches the one run under way."),
                new("rollout watch web4-mycelia-20260301-k7qa --json | jq -r .message", "Follows the record in a script."),
            ],
        };
        command.Add(CommonOptions.Run);
        foreach (var option in new Option[] { CommonOptions.Server, CommonOptions.Json }) command.Add(option);
        command.SetAction(ServerCall.Of(terminal, async (client, parsed, cancellation) =>
            await WatchAsync(terminal, client, await RunChoice.ResolveAsync(client, parsed, cancellation), parsed.GetValue(CommonOptions.Json), cancellation)));
        return command;
    }

    /// <summary>Watches until the run is over; the exit code tells how it ended.</summary>
    public static async Task<int> WatchAsync(Terminal terminal, RolloutClient client, string runId, bool json, CancellationToken cancellation)
    {
        IRunView view = json ? new JsonRunView(terminal) : terminal.Interactive ? new LiveRunView(terminal) : new PlainRunView(terminal);
        var last = await view.ShowUntilAsync(new RunFeed(client, runId, terminal, Interval, Patience), moment => moment.IsOver, cancellation);
        var run = last.Details.Run;
        terminal.Note($"{runId}: {Words.Of(run.State)}. {last.Details.Failure ?? run.Because}");
        return run.State == RunState.Succeeded ? ExitCode.Ok : ExitCode.No;
    }
}
