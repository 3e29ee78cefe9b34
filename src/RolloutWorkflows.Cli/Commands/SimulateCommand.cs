using System.CommandLine;
using RolloutWorkflows.Playbooks;
using RolloutWorkflows.Simulation;

namespace RolloutWorkflows.Cli;

/// <summary><c>rollout simulate FILE</c>: needs no server.</summary>
internal static class SimulateCommand
{
    private static readonly Argument<string> File = new("FILE") { Description = "The playbook file." };

    private static readonly Option<string?> Trace = new("--trace")
    {
        Description = "Recorded metrics: CSV with a column time and one per metric, or the same as a JSON list of objects. Without it every metric is as it should be.",
        HelpName = "FILE",
    };

    private static readonly Option<string[]> Fault = new("--fault")
    {
        Description = "What goes wrong: METRIC=VALUE@STAGE[+DELAY][/DURATION], where VALUE is a number, a percentage or none; or STEP=failed@STAGE, STEP=errored@STAGE. Repeat it for more.",
        HelpName = "FAULT",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string?> At = new("--at") { Description = "When the run would start, such as 2026-03-02T09:00Z. Default: with the trace.", HelpName = "TIME" };

    private static readonly Option<string?> AnswerAfter = new("--answer-after") { Description = "How long people take to say yes, such as 4h. Default: they answer at once.", HelpName = "SPAN" };

    public static Command Create(Terminal terminal)
    {
        var command = new ExampledCommand("simulate", "Tells what a run would have done against recorded metrics, and when. Needs no server and touches nothing.")
        {
            Remarks = """
                The run's own orchestrations, conditions, limits and soaks, on virtual time. People say yes, checks that would
                ask the world outside pass, and changes outside are played. It ends where the run ends, or where only people could
                move it: held, or rolled back. Exit code 0: it would succeed; 1: it would not.
                """,
            Examples =
            [
                new("rollout simulate playbooks/web4-mycelia.yaml", "Three weeks in a moment, with nothing going wrong."),
                new("rollout simulate playbooks/web4-mycelia.yaml --trace last-rollout.csv", "Would these rules have caught what happened then?"),
                new("rollout simulate playbooks/web4-mycelia.yaml --fault error-rate=8%@ten-percent+6h/10m", "Ten bad minutes, six hours after 10 % opened."),
            ],
        };
        command.Add(File);
        foreach (var option in new Option[] { Trace, Fault, At, AnswerAfter, InputOption.Instance, HolidaysOption.Instance, CommonOptions.Json }) command.Add(option);
        command.SetAction((parsed, cancellation) => SimulateAsync(terminal, parsed, cancellation));
        return command;
    }

    private static async Task<int> SimulateAsync(Terminal terminal, ParseResult parsed, CancellationToken cancellation)
    {
        var (playbook, inputs) = PlaybookFor.Read(terminal, parsed, parsed.GetRequiredValue(File), "nothing was simulated");
        var options = new SimulationOptions
        {
            Playbook = playbook,
            Inputs = inputs,
            Trace = ReadTrace(parsed.GetValue(Trace)),
            Faults = [.. (parsed.GetValue(Fault) ?? []).Select(text => ReadFault(text, playbook))],
            At = MomentOption.Read(parsed, At),
            AnswerAfter = ReadSpan(parsed.GetValue(AnswerAfter)),
            Holidays = HolidaysOption.Read(parsed),
        };
        var before = terminal.Time.GetTimestamp();
        var result = await PlaybookSimulation.RunAsync(options, cancellation);
        if (parsed.GetValue(CommonOptions.Json)) terminal.Json(result);
        else SimulationText.Write(terminal, result, terminal.Time.GetElapsedTime(before));
        return result.Succeeded ? ExitCode.Ok : ExitCode.No;
    }

    private static MetricTrace? ReadTrace(string? file)
    {
        if (file is null) return null;
        try
        {
            return MetricTraceReader.Read(PlaybookText.Read(file), file);
        }
        catch (MetricTraceException unusable)
        {
            throw new CommandFailedException(ExitCode.Invalid, $"--trace: {unusable.Message}");
        }
    }

    private static SimulatedFault ReadFault(string text, Playbook playbook) =>
        SimulatedFault.TryParse(text, playbook, out var fault, out var problem) ? fault : throw new CommandFailedException(ExitCode.Usage, $"--fault: {problem}.");

    private static TimeSpan ReadSpan(string? text) => text is null ? TimeSpan.Zero
        : PlaybookDuration.TryParse(text, out var span) ? span
        : throw new CommandFailedException(ExitCode.Usage, $"--answer-after: expected a duration such as 30m or 4h, got '{text}'.");
}
