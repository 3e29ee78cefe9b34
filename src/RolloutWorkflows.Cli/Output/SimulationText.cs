using System.Globalization;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Simulation;

namespace RolloutWorkflows.Cli;

/// <summary>A simulated run in plain text: what would have happened and when, what the guardrails came to, and how it ends.</summary>
internal static class SimulationText
{
    public static void Write(Terminal terminal, SimulationResult result, TimeSpan took)
    {
        foreach (var entry in result.Record.Where(entry => entry.Kind is not (RunLogKind.StateChanged or RunLogKind.Announced)))
            terminal.Line($"{Since(result, entry.PlaybookTime),10}  {(entry.Stage is { } stage ? $"{stage}: " : "")}{entry.Message}");
        terminal.Line();
        WriteStages(terminal, result);
        terminal.Line($"It would {Outcome(result)} after {Spans.Of(result.EndedAt - result.StartedAt)}: {result.Run.Because}");
        // Not part of the answer, which is the same each time.
        terminal.Note(string.Create(CultureInfo.InvariantCulture, $"{result.Measurements} measurements judged in {Spans.Of(took)}."));
    }

    private static void WriteStages(Terminal terminal, SimulationResult result)
    {
        var table = new TextTable("STAGE", "STATE", "OPENED", "TOOK", "MEASURED", "FAILED", "WARNED", "NO DATA");
        foreach (var (stage, guardrails) in result.Stages.Select(entry => (entry.Stage, entry.Guardrails)))
        {
            var took = stage is { OpenedAt: { } from, EndedAt: { } to } ? Spans.Of(to - from) : "-";
            table.Add(stage.Name, Words.Of(stage.State), stage.OpenedAt is { } opened ? Since(result, opened) : "-", took,
                Sum(guardrail => guardrail.Measured), Sum(guardrail => guardrail.Failed), Sum(guardrail => guardrail.Warnings), Sum(guardrail => guardrail.ConsecutiveNoData));

            string Sum(Func<GuardrailStatus, int> count) => guardrails.Sum(count).ToString(CultureInfo.InvariantCulture);
        }

        table.Write(terminal.Out);
    }

    private static string Outcome(SimulationResult result) => result.Run.State switch
    {
        RunState.Succeeded => "succeed",
        RunState.RolledBack => "go back",
        RunState.Holding => "hold",
        RunState.Aborted => "be aborted",
        var other => $"still be {Words.Of(other)}",
    };

    /// <summary>Day and clock of the run, such as <c>3d 04:12</c>.</summary>
    private static string Since(SimulationResult result, DateTimeOffset moment)
    {
        var span = moment - result.StartedAt;
        return string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalDays}d {span.Hours:00}:{span.Minutes:00}");
    }
}
