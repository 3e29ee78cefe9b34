using System.Globalization;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Cli;

/// <summary>Says at the end what happened, and whether it is what was expected: by the run, and by what else the scene looks at.</summary>
internal sealed class DemoReport(DemoScene scene, DemoEnd end)
{
    private readonly Terminal terminal = end.Terminal;

    /// <summary>True where everything is as expected.</summary>
    public async Task<bool> WriteAsync(DemoVoter voter, IReadOnlyList<DemoActor> actors, CancellationToken cancellation)
    {
        var run = end.Details.Run;
        terminal.Line();
        terminal.Line($"{run.RunId}: {Words.Of(run.State)}: {run.Because}");
        await WriteStagesAsync(cancellation);
        if (run.Rollback is { } rollback) WriteRollback(rollback);

        List<string> problems = [.. Ending(run), .. actors.SelectMany(actor => actor.Problems(end.Details)), .. await scene.CheckAsync(end, cancellation)];
        if (voter.SelfApprovalRefused == false) problems.Add("expected the starter's own approval to be refused");
        foreach (var problem in problems) terminal.Line($"NOT AS EXPECTED: {problem}");
        if (problems.Count == 0) terminal.Line($"As expected: {end.Fault?.Expected ?? scene.Expected}.");
        return problems.Count == 0;
    }

    private List<string> Ending(RunStatus run)
    {
        var problems = new List<string>();
        RunState? expected = end.Ends switch
        {
            DemoEnding.RollsBack or DemoEnding.HoldsAndIsSentBack => RunState.RolledBack,
            DemoEnding.HoldsAndIsAborted => RunState.Aborted,
            DemoEnding.Otherwise => null,
            _ => RunState.Succeeded,
        };
        if (expected is { } state && run.State != state) problems.Add($"expected the run to be {Words.Of(state)}, got {Words.Of(run.State)}");
        if (end.Ends is not (DemoEnding.RollsBack or DemoEnding.RollsBackAndGoesOn)) return problems;
        if (run.Rollback is { } rollback)
        {
            if (rollback.Actor != Actors.Rollout) problems.Add($"expected the run to roll back by itself, got a rollback by {rollback.Actor}");
            if (rollback.ObjectiveMet == false) problems.Add("expected the rollback within its objective");
        }

        if (end is { Ends: DemoEnding.RollsBack, Fault.Stage: { } stage } && run.Stage != stage) problems.Add($"expected the fault to be found in stage {stage}, got {run.Stage}");
        return problems;
    }

    private async Task WriteStagesAsync(CancellationToken cancellation)
    {
        var details = end.Details;
        var measured = scene.Column is { } column ? await end.Client.GetAsync<List<MeasurementRow>>($"api/rollouts/{details.Run.RunId}/measurements?guardrail={Uri.EscapeDataString(column.Guardrail)}&top=10000", cancellation) : [];
        List<string> header = ["STAGE", "STATE", "OPENED", "TOOK", "PLAYBOOK TIME"];
        if (scene.Column is { } shown) header.Add(shown.Header);
        var table = new TextTable([.. header]);
        foreach (var stage in details.Run.Stages)
        {
            var real = stage is { OpenedAt: { } from, EndedAt: { } to } ? to - from : (TimeSpan?)null;
            List<string> cells =
            [
                stage.Name, Words.Of(stage.State),
                stage.OpenedAt is { } opened ? opened.ToLocalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture) : "-",
                real is { } took ? Spans.Of(took) : "-",
                real is { } span ? Spans.Of(span * details.Run.TimeCompression) : "-",
            ];
            if (scene.Column is { } about) cells.Add(Measured(measured.Where(row => row.Stage == stage.Name), about));
            table.Add([.. cells]);
        }

        table.Write(terminal.Out);
        terminal.Line($"OPENED and TOOK are by the real clock, PLAYBOOK TIME by the compressed one{(scene.Column is null ? "." : ";")}");
        if (scene.Column is { } told) terminal.Line($"  {told.Header} is the highest and the last {(told.IsShare ? "rate" : "value")}.");
    }

    private static string Measured(IEnumerable<MeasurementRow> rows, DemoColumn column)
    {
        var values = rows.Select(row => row.Measurement.Value).OfType<double>().Where(double.IsFinite).ToList();
        return values.Count == 0 ? "-" : $"{Text(values.Max())} / {Text(values[^1])}";
        string Text(double value) => column.IsShare ? string.Create(CultureInfo.InvariantCulture, $"{100 * value:0.#} %") : string.Create(CultureInfo.InvariantCulture, $"{value:0.##}");
    }

    private void WriteRollback(RollbackReport rollback)
    {
        terminal.Line($"Rolled back to {rollback.To} by {rollback.Actor}. Cause: {rollback.Cause}");
        foreach (var effect in rollback.Effects) terminal.Line("  " + RunText.Effect(effect));
        if (rollback.Took is not { } took) return;
        var objective = rollback.Objective is { } limit ? $";{Environment.NewLine}  the objective is {Spans.Of(limit)}: {(rollback.ObjectiveMet == true ? "met" : "missed")}" : "";
        terminal.Line($"  From the breaching measurement to the last read-back: {Spans.Of(took)} (real clock){objective}.");
    }
}
