using System.CommandLine;
using RolloutWorkflows.Host;

namespace RolloutWorkflows.Cli;

/// <summary><c>rollout list</c>.</summary>
internal static class ListCommand
{
    private static readonly Option<bool> Live = new("--live") { Description = "Only runs that are under way." };

    private static readonly Option<string?> Playbook = new("--playbook") { Description = "Only runs of this playbook.", HelpName = "NAME" };

    private static readonly Option<int> Top = new("--top") { Description = "At most this many, newest first.", DefaultValueFactory = _ => 50, HelpName = "N" };

    public static Command Create(Terminal terminal)
    {
        var command = new ExampledCommand("list", "Lists runs, newest first.")
        {
            Examples =
            [
                new("rollout list --live", "Shows what is under way."),
                new("rollout list --json | jq -r '.[].runId'", "Gives the ids to a script."),
            ],
        };
        foreach (var option in new Option[] { Live, Playbook, Top, CommonOptions.Server, CommonOptions.Json }) command.Add(option);
        Top.Validators.Clear();
        Top.Validators.Add(result =>
        {
            if (!result.Errors.Any() && result.Tokens.All(token => int.TryParse(token.Value, out _)) && result.GetValueOrDefault<int>() is < 1 or > 10_000) result.AddError("--top: expected a number from 1 to 10000.");
        });
        command.SetAction(ServerCall.Of(terminal, (client, parsed, cancellation) => ListAsync(terminal, client, parsed, cancellation)));
        return command;
    }

    private static async Task<int> ListAsync(Terminal terminal, RolloutClient client, ParseResult parsed, CancellationToken cancellation)
    {
        var runs = await ReadAsync(client, parsed, cancellation);
        if (parsed.GetValue(CommonOptions.Json))
        {
            terminal.Json(runs);
            return ExitCode.Ok;
        }

        if (runs.Count == 0)
        {
            terminal.Note("No runs.");
            return ExitCode.Ok;
        }

        var table = new TextTable("RUN", "STATE", "STAGE", "STARTED", "BY", "BECAUSE");
        foreach (var run in runs) table.Add(run.RunId, Words.Of(run.State), run.Stage ?? "-", Spans.Moment(run.StartedAt), run.StartedBy, run.Because);
        table.Write(terminal.Out);
        return ExitCode.Ok;
    }

    private static async Task<List<RolloutSummary>> ReadAsync(RolloutClient client, ParseResult parsed, CancellationToken cancellation)
    {
        var top = parsed.GetValue(Top);
        var filter = (parsed.GetValue(Live) ? "&live=true" : "") + (parsed.GetValue(Playbook) is { } playbook ? $"&playbook={Uri.EscapeDataString(playbook)}" : "");
        var runs = new List<RolloutSummary>();
        string? next = null;
        do
        {
            var page = await client.ListAsync($"?top={Math.Min(100, top - runs.Count)}{filter}" + (next is null ? "" : $"&after={Uri.EscapeDataString(next)}"), cancellation);
            runs.AddRange(page.Items);
            next = page.Next;
        }
        while (next is not null && runs.Count < top);
        return runs;
    }
}
