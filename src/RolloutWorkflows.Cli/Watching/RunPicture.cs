using System.Globalization;
using RolloutWorkflows.Orchestrations;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace RolloutWorkflows.Cli;

/// <summary>Draws a run: a line per stage with a soak bar, guardrails, questions and the newest entries of the record.</summary>
internal sealed class RunPicture
{
    private const int BarWidth = 24;
    private const int RecentEntries = 6;

    private readonly Queue<RunLogEntry> recent = new();

    public IRenderable Draw(RunMoment moment)
    {
        foreach (var entry in moment.Telling)
        {
            recent.Enqueue(entry);
            if (recent.Count > RecentEntries) recent.Dequeue();
        }

        var run = moment.Details.Run;
        var rows = new List<IRenderable>
        {
            new Markup($"[bold]{Escape(run.Title ?? run.Playbook)}[/]  {Escape(run.RunId)}"),
            new Markup($"[{Colour(run.State)}]{Words.Of(run.State)}[/]  {Escape(run.Because)}"),
            Stages(run, moment.Details.Soak),
        };
        if (moment.Details.Soak is { } soak)
            rows.AddRange(soak.Guardrails.Select(guardrail => new Markup($"  [dim]guardrail[/] {Escape(guardrail.Name)}: {Escape(RunText.Guardrail(guardrail))}")));
        foreach (var approval in run.OpenApprovals.Where(approval => !run.Because.Contains(approval.Prompt, StringComparison.Ordinal)))
            rows.Add(new Markup($"  [yellow]asks[/] {Escape(approval.Prompt)} ({approval.Votes.Count(vote => vote.Approves)} of {approval.Needed})"));
        rows.AddRange(recent.Select(entry => new Markup($"[dim]{Escape(RunText.Entry(entry))}[/]")));
        return new Rows(rows);
    }

    private static Grid Stages(RunStatus run, SoakStatus? soak)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn().NoWrap());
        foreach (var stage in run.Stages)
            grid.AddRow(new Markup($"  {Mark(stage.State)} {Escape(stage.Name)}"), new Markup(Escape(RunText.StateOf(stage, run))), new Markup(Progress(stage, run, soak)));
        return grid;
    }

    private static string Progress(StageStatus stage, RunStatus run, SoakStatus? soak)
    {
        if (stage is { OpenedAt: { } from, EndedAt: { } to }) return $"[dim]{Spans.Of(to - from)}[/]";
        if (soak is null || soak.Stage != stage.Name || !SoakText.IsOfAnything(soak)) return "";
        var share = SoakText.Share(soak);
        var filled = (int)Math.Round(share * BarWidth);
        var remaining = RunText.Remaining(soak);
        var real = run.TimeCompression > 1 ? $" ({Spans.Of(remaining / run.TimeCompression)} of real time)" : "";
        IEnumerable<string> time = soak.Needed > TimeSpan.Zero ? [Spans.Of(remaining) + " left" + real] : [];
        var bar = new string('█', filled) + new string('░', BarWidth - filled);
        return string.Create(CultureInfo.InvariantCulture, $"[green]{bar}[/] {100 * share:0} %  {Escape(string.Join(", ", time.Append(SoakText.Of(soak.Counts)).Where(part => part.Length > 0)))}");
    }

    private static string Mark(StageState state) => state switch
    {
        StageState.Promoted => "[green]✓[/]",
        StageState.Open => "[blue]▶[/]",
        StageState.RolledBack => "[red]↶[/]",
        StageState.TakenOver => "[dim]✓[/]",
        StageState.Stopped => "[yellow]■[/]",
        _ => "[dim]·[/]",
    };

    private static string Colour(RunState state) => state switch
    {
        RunState.Succeeded => "green",
        RunState.RolledBack or RunState.RollingBack or RunState.Aborted => "red",
        RunState.Holding or RunState.AwaitingApproval or RunState.Waiting => "yellow",
        _ => "blue",
    };

    private static string Escape(string text) => Markup.Escape(Printable.Line(text));
}
