using System.CommandLine;
using RolloutWorkflows.Host;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Cli;

/// <summary><c>rollout status RUN</c>.</summary>
internal static class StatusCommand
{
    private static readonly Option<bool> Timeline = new("--timeline") { Description = "Show the run's whole record as well." };

    public static Command Create(Terminal terminal)
    {
        var command = new ExampledCommand("status", "Shows where a run stands, why, and what it waits for.")
        {
            Examples =
            [
                new("rollout status", "Shows the one run under way."),
                new("rollout status web4-mycelia-20260301-k7qa --timeline", "Shows also everything that happened, with times and names."),
                new("rollout status --json | jq -r .run.state", "Gives the state to a script."),
            ],
        };
        command.Add(CommonOptions.Run);
        foreach (var option in new Option[] { Timeline, CommonOptions.Server, CommonOptions.Json }) command.Add(option);
        command.SetAction(ServerCall.Of(terminal, async (client, parsed, cancellation) =>
        {
            var details = await client.GetAsync(await RunChoice.ResolveAsync(client, parsed, cancellation), after: 0, cancellation);
            if (parsed.GetValue(CommonOptions.Json)) terminal.Json(details);
            else RunText.Write(terminal.Out, details, parsed.GetValue(Timeline), await PreviewAsync(client, details, cancellation));
            return ExitCode.Ok;
        }));
        return command;
    }

    /// <summary>What a breach now would restore; null where the run has ended, or the server cannot say.</summary>
    private static async Task<RollbackPreviewAnswer?> PreviewAsync(RolloutClient client, RolloutDetails details, CancellationToken cancellation)
    {
        if (details.Run.EndedAt is not null || details.Run.State is RunState.RollingBack or RunState.RolledBack) return null;
        try
        {
            return await client.PreviewRollbackAsync(details.Run.RunId, cancellation);
        }
        catch (ServerProblemException)
        {
            // The rest of the answer is worth more than this line.
            return null;
        }
    }
}
