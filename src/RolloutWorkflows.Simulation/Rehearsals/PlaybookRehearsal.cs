using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Simulation;

/// <summary>
/// Rehearses the way back of every stage in a sandbox: a run in which all is well until the stage soaks, and then one of its
/// guardrails fails. Afterwards everything must stand as it did before the run. Nothing outside is touched.
/// </summary>
public static class PlaybookRehearsal
{
    /// <summary>Rehearses each stage that changes something, in the order of the run.</summary>
    public static async Task<IReadOnlyList<RehearsedStage>> RunAsync(SimulationOptions options, CancellationToken cancellation = default)
    {
        var rehearsed = new List<RehearsedStage>();
        foreach (var stage in StageOrder.Of(options.Playbook).Where(stage => stage.Steps.Count > 0)) rehearsed.Add(await RehearseAsync(options, stage, cancellation));
        return rehearsed;
    }

    private static async Task<RehearsedStage> RehearseAsync(SimulationOptions options, Stage stage, CancellationToken cancellation)
    {
        var good = options with { Trace = null, Faults = [], Until = run => IsReached(run, stage) };
        await using var first = await SimulatedRollout.StartAsync(good);
        var reached = await first.RunAsync(cancellation);
        if (!IsReached(reached.Run, stage))
            return new RehearsedStage { Stage = stage.Name, Cause = "none", Problems = [$"the run does not come to stage {stage.Name} although all is well: {reached.Run.Because}"] };

        var broken = BreakableIn(options.Playbook, stage, first.Healthy);
        if (broken is not { } fault || reached.Run.State != RunState.Soaking) return await ByCommandAsync(first, stage);

        var after = reached.EndedAt - reached.Run.Stages.First(status => status.Name == stage.Name).OpenedAt!.Value + TimeSpan.FromMinutes(1);
        await using var second = await SimulatedRollout.StartAsync(options with { Trace = null, Faults = [new SimulatedFault { Subject = fault.Rule.Metric!, Stage = stage.Name, Value = fault.Value, After = after }] });
        var result = await second.RunAsync(cancellation);
        var began = result.Run.Stages.First(status => status.Name == stage.Name).OpenedAt + after;
        var wentBack = result.Record.FirstOrDefault(entry => entry.Kind == RunLogKind.RollbackStarted)?.PlaybookTime;
        return await JudgeAsync(second, stage, $"{fault.Rule.Name} fails", wentBack - began);
    }

    private static async Task<RehearsedStage> ByCommandAsync(SimulatedRollout run, Stage stage)
    {
        await run.CommandAsync(RunVerb.Rollback, SimulatedPeople.Starter, "a rehearsal");
        return await JudgeAsync(run, stage, "a person sends it back", detected: null);
    }

    private static async Task<RehearsedStage> JudgeAsync(SimulatedRollout run, Stage stage, string cause, TimeSpan? detected)
    {
        await run.RunAsync(CancellationToken.None);
        var status = await run.StatusAsync();
        // A surface that goes back alone reports for itself.
        var report = status.Surfaces.FirstOrDefault(surface => surface.Surface == stage.Surface)?.Rollback ?? status.Rollback;
        var problems = new List<string>();
        if (status.State != RunState.RolledBack) problems.Add($"it did not go back: {status.State}, {status.Because}");
        problems.AddRange((report?.Effects ?? []).Where(effect => effect.Outcome is CompensationOutcome.Blocked or CompensationOutcome.Drifted).Select(effect => effect.Message));
        problems.AddRange((report?.Steps ?? []).Where(step => step.Verdict is StepVerdict.Failed or StepVerdict.Errored).Select(step => $"{step.StepId}: {step.Message}"));
        if (problems.Count == 0) problems.AddRange(await LeftoversAsync(run));
        return new RehearsedStage { Stage = stage.Name, Cause = cause, DetectedAfter = detected, Rollback = report, Problems = problems };
    }

    /// <summary>What stands although the whole run was taken back; the world of a rehearsal is empty at first.</summary>
    private static async Task<IEnumerable<string>> LeftoversAsync(SimulatedRollout run)
    {
        await run.CommandAsync(RunVerb.Rollback, SimulatedPeople.Starter, "everything back", to: "start");
        await run.RunAsync(CancellationToken.None);
        return (await run.DescribeWorldAsync()).Select(thing => $"stands although it was not there before the run: {thing}");
    }

    private static bool IsReached(RunStatus run, Stage stage) =>
        (run.Stage == stage.Name && run.State == RunState.Soaking) || run.Stages.First(status => status.Name == stage.Name).State == StageState.Promoted;

    private static (Guardrail Rule, double Value)? BreakableIn(Playbook playbook, Stage stage, HealthyMetrics healthy)
    {
        foreach (var rule in stage.Guardrails.Concat(playbook.Guardrails).Where(rule => rule is { Metric: not null, Mode: GuardrailMode.Enforce, OnFailed: Reaction.Rollback } && (rule.Surface is null || rule.Surface == stage.Surface)))
            if (healthy.ValueThatFails(rule) is { } value)
                return (rule, value);
        return null;
    }
}
