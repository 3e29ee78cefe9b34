using System.Globalization;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Host;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Cli;

/// <summary>Says at the end what happened, and whether it is what was expected: by the run, by the server's flags and by the service itself.</summary>
internal sealed class DemoReport(Terminal terminal, RolloutClient client, DemoService service, DemoOptions options, string flagName)
{
    /// <summary>True where everything is as expected.</summary>
    public async Task<bool> WriteAsync(RolloutDetails details, DemoVoter voter, CancellationToken cancellation)
    {
        var run = details.Run;
        terminal.Line();
        terminal.Line($"{run.RunId}: {Words.Of(run.State)}: {run.Because}");
        await WriteStagesAsync(details, cancellation);
        if (run.Rollback is { } rollback) WriteRollback(rollback);

        var flag = await FlagAsync(cancellation);
        var share = await service.ShareWithFeatureAsync(cancellation);
        terminal.Line($"Flag {flagName}: the server says {(flag is null ? "not there" : FlagText.Of(flag))};");
        terminal.Line($"  the service shows the feature to {share.With} of {share.Asked} users asked.");

        var problems = options.Fault switch
        {
            null => NotSucceeded(run, flag, share),
            DemoOutsider.Drift => DemoDriftReport.NotCaught(details, NotSucceeded(run, flag, share)),
            DemoOutsider.HandMadeZero => DemoDriftReport.NotLeftAlone(details, flag),
            _ => NotRolledBack(run, flag, share),
        };
        if (voter.SelfApprovalRefused == false) problems.Add("expected the starter's own approval to be refused");
        foreach (var problem in problems) terminal.Line($"NOT AS EXPECTED: {problem}");
        if (problems.Count == 0) terminal.Line(options.Fault switch
        {
            null => "As expected: the feature is with everybody.",
            DemoOutsider.Drift => "As expected: the run caught the change by hand, held, soaked anew, and reached everybody.",
            DemoOutsider.HandMadeZero => "As expected: the rollback found the hand-made 0 %, left it there, and said so.",
            _ => "As expected: the run found the fault and took everything back by itself.",
        });
        return problems.Count == 0;
    }

    private static List<string> NotSucceeded(RunStatus run, FlagState? flag, (int With, int Asked) share)
    {
        var problems = new List<string>();
        if (run.State != RunState.Succeeded) problems.Add($"expected the run to succeed, got {Words.Of(run.State)}");
        if (flag is not { Enabled: true, Percent: 100 }) problems.Add("expected the flag at 100 %");
        if (share.With != share.Asked) problems.Add("expected the service to show the feature to everybody");
        return problems;
    }

    private List<string> NotRolledBack(RunStatus run, FlagState? flag, (int With, int Asked) share)
    {
        var problems = new List<string>();
        if (run.State != RunState.RolledBack) problems.Add($"expected the run to roll back, got {Words.Of(run.State)}");
        if (run.Rollback is { } rollback)
        {
            if (rollback.Actor != Actors.Rollout) problems.Add($"expected the run to roll back by itself, got a rollback by {rollback.Actor}");
            if (rollback.ObjectiveMet == false) problems.Add("expected the rollback within its objective");
        }

        if (run.Stage != options.Fault) problems.Add($"expected the fault to be found in stage {options.Fault}, got {run.Stage}");
        if (flag is { Enabled: true } && (flag.Percent > 0 || flag.Canary.Enabled)) problems.Add("expected the flag with nobody");
        if (share.With != 0) problems.Add("expected the service to show the feature to nobody");
        return problems;
    }

    private async Task<FlagState?> FlagAsync(CancellationToken cancellation)
    {
        try
        {
            return (await client.GetAsync<FlagDetails>($"flags/{flagName}", cancellation)).Flag;
        }
        catch (ServerProblemException none) when (none.Problem.Status == 404)
        {
            return null;
        }
    }

    private async Task WriteStagesAsync(RolloutDetails details, CancellationToken cancellation)
    {
        var measured = await client.GetAsync<List<MeasurementRow>>($"api/rollouts/{details.Run.RunId}/measurements?guardrail=error-rate&top=10000", cancellation);
        var table = new TextTable("STAGE", "STATE", "OPENED", "TOOK", "PLAYBOOK TIME", "ERRORS");
        foreach (var stage in details.Run.Stages)
        {
            var rows = measured.Where(row => row.Stage == stage.Name && row.Measurement.Value is { } value && double.IsFinite(value)).ToList();
            var rate = rows.Count == 0 ? "-" : $"{Percent(rows.Max(row => row.Measurement.Value!.Value))} / {Percent(rows[^1].Measurement.Value!.Value)}";
            var real = stage is { OpenedAt: { } from, EndedAt: { } to } ? to - from : (TimeSpan?)null;
            table.Add(stage.Name, Words.Of(stage.State), stage.OpenedAt is { } opened ? opened.ToLocalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture) : "-", real is { } took ? Spans.Of(took) : "-", real is { } span ? Spans.Of(span * details.Run.TimeCompression) : "-", rate);
        }

        table.Write(terminal.Out);
        terminal.Line("OPENED and TOOK are by the real clock, PLAYBOOK TIME by the compressed one;");
        terminal.Line("  ERRORS is the highest and the last rate.");
    }

    private void WriteRollback(RollbackReport rollback)
    {
        terminal.Line($"Rolled back to {rollback.To} by {rollback.Actor}. Cause: {rollback.Cause}");
        foreach (var effect in rollback.Effects) terminal.Line("  " + RunText.Effect(effect));
        if (rollback.Took is not { } took) return;
        var objective = rollback.Objective is { } limit ? $";{Environment.NewLine}  the objective is {Spans.Of(limit)}: {(rollback.ObjectiveMet == true ? "met" : "missed")}" : "";
        terminal.Line($"  From the breaching measurement to the last read-back: {Spans.Of(took)} (real clock){objective}.");
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.#} %");
}
