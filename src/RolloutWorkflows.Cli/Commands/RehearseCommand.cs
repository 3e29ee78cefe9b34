using System.CommandLine;
using System.Globalization;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Simulation;

namespace RolloutWorkflows.Cli;

/// <summary><c>rollout rehearse FILE</c>: needs no server.</summary>
internal static class RehearseCommand
{
    private static readonly Argument<string> File = new("FILE") { Description = "The playbook file." };

    public static Command Create(Terminal terminal)
    {
        var command = new ExampledCommand("rehearse", "Breaks every stage of a playbook in a sandbox and checks that everything goes back. Needs no server and touches nothing.")
        {
            Remarks = """
                For each stage that changes something a run goes well until the stage soaks; then one of its guardrails fails, or a
                person sends it back where none can. Afterwards everything must stand as it did before the run. Exit code 0: every
                way back works; 1: one does not. Meant for CI, beside the playbook.
                """,
            Examples =
            [
                new("rollout rehearse playbooks/web4-mycelia.yaml", "Rehearses all stages."),
                new("rollout rehearse playbooks/web4-mycelia.yaml --json", "The same, for a script."),
            ],
        };
        command.Add(File);
        foreach (var option in new Option[] { InputOption.Instance, HolidaysOption.Instance, CommonOptions.Json }) command.Add(option);
        command.SetAction((parsed, cancellation) => RehearseAsync(terminal, parsed, cancellation));
        return command;
    }

    private static async Task<int> RehearseAsync(Terminal terminal, ParseResult parsed, CancellationToken cancellation)
    {
        var (playbook, inputs) = PlaybookFor.Read(terminal, parsed, parsed.GetRequiredValue(File), "nothing was rehearsed");
        var rehearsed = await PlaybookRehearsal.RunAsync(new SimulationOptions { Playbook = playbook, Inputs = inputs, Holidays = HolidaysOption.Read(parsed) }, cancellation);
        if (parsed.GetValue(CommonOptions.Json)) terminal.Json(rehearsed);
        else Write(terminal, rehearsed);
        return rehearsed.All(stage => stage.Passed) ? ExitCode.Ok : ExitCode.No;
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
