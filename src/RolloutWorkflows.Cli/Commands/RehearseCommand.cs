using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RolloutWorkflows.Host;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Simulation;

namespace RolloutWorkflows.Cli;

/// <summary><c>rollout rehearse FILE</c>: needs a server only to record it.</summary>
internal static class RehearseCommand
{
    private static readonly Argument<string> File = new("FILE") { Description = "The playbook file." };

    private static readonly Option<bool> Record = new("--record") { Description = "Tell the server how it came out: runs of this playbook then show it before each stage opens." };

    public static Command Create(Terminal terminal)
    {
        var command = new ExampledCommand("rehearse", "Breaks every stage of a playbook in a sandbox and checks that everything goes back. Touches nothing, and needs a server only to record it.")
        {
            Remarks = """
                For each stage that changes something a run goes well until the stage soaks; then one of its guardrails fails, or a
                person sends it back where none can. Afterwards everything must stand as it did before the run. Exit code 0: every
                way back works; 1: one does not. Meant for CI, beside the playbook.
                """,
            Examples =
            [
                new("rollout rehearse playbooks/web4-mycelia.yaml", "Rehearses all stages."),
                new("rollout rehearse playbooks/web4-mycelia.yaml --record --server https://rollouts.example.org", "In CI: rehearses, and leaves the date with the server."),
                new("rollout rehearse playbooks/web4-mycelia.yaml --json", "The same as the first, for a script."),
            ],
        };
        command.Add(File);
        foreach (var option in new Option[] { Record, CommonOptions.Server, InputOption.Instance, HolidaysOption.Instance, CommonOptions.Json }) command.Add(option);
        command.SetAction((parsed, cancellation) => RehearseAsync(terminal, parsed, cancellation));
        return command;
    }

    private static async Task<int> RehearseAsync(Terminal terminal, ParseResult parsed, CancellationToken cancellation)
    {
        var (playbook, inputs) = PlaybookFor.Read(terminal, parsed, parsed.GetRequiredValue(File), "nothing was rehearsed");
        var rehearsed = await PlaybookRehearsal.RunAsync(new SimulationOptions { Playbook = playbook, Inputs = inputs, Holidays = HolidaysOption.Read(parsed) }, cancellation);
        if (parsed.GetValue(CommonOptions.Json)) terminal.Json(rehearsed);
        else Write(terminal, rehearsed);
        if (parsed.GetValue(Record) && await ServerCall.Of(terminal, (client, call, stop) => RecordAsync(terminal, client, call, playbook.Name, rehearsed, stop))(parsed, cancellation) is var told and not ExitCode.Ok) return told;
        return rehearsed.All(stage => stage.Passed) ? ExitCode.Ok : ExitCode.No;
    }

    private static async Task<int> RecordAsync(Terminal terminal, RolloutClient client, ParseResult parsed, string playbook, IReadOnlyList<RehearsedStage> rehearsed, CancellationToken cancellation)
    {
        var text = PlaybookText.Read(parsed.GetRequiredValue(File));
        await client.SendAsync<List<KnownRehearsal>>(HttpMethod.Post, $"api/playbooks/{Uri.EscapeDataString(playbook)}/rehearsals", new RehearsalReport
        {
            Digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))),
            Stages = [.. rehearsed.Select(stage => new ReportedStage { Stage = stage.Stage, Passed = stage.Passed, Cause = stage.Cause, Problems = stage.Problems })],
        }, cancellation);
        terminal.Note($"Recorded: runs of {playbook} show it before each stage opens.");
        return ExitCode.Ok;
    }

    private static void Write(Terminal terminal, IReadOnlyList<RehearsedStage> rehearsed)
    {
        var table = new TextTable("STAGE", "WHAT BREAKS", "FOUND AFTER", "RESTORED", "LEFT", "RECOVERY STEPS", "RESULT");
        foreach (var stage in rehearsed)
        {
            var effects = stage.Rollback?.Effects ?? [];
            table.Add(stage.Stage, stage.Cause, stage.DetectedAfter is { } span ? Spans.Of(span) : "-", Count(effects.Count(effect => effect.Outcome is CompensationOutcome.Restored or CompensationOutcome.AlreadyPrior)),
                Count(effects.Count(effect => effect.Outcome == CompensationOutcome.LeftInPlace)), Count(stage.Rollback?.Steps.Count ?? 0), stage.Passed ? "as before" : "NOT AS BEFORE");
        }

        table.Write(terminal.Out);
        foreach (var stage in rehearsed)
            foreach (var problem in stage.Problems)
                terminal.Line($"{stage.Stage}: {problem}");
        if (rehearsed.Count == 0) terminal.Line("No stage changes anything, so there is nothing to rehearse.");
    }

    private static string Count(int number) => number.ToString(CultureInfo.InvariantCulture);
}
