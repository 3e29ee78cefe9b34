using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>The watches that measure the run's guardrails: one at a time, from the first effect to the end.</summary>
internal sealed partial class RolloutRun
{
    private readonly List<(Stage Stage, string InstanceId)> watches = [];
    private Stage? brokenWatch;
    private int watchRestarts;
    private bool soaking;

    /// <summary>The stage's own watch begins; the one before it ends.</summary>
    private void StartWatch(Stage stage)
    {
        var attempt = AttemptOf(stage.Name);
        var instance = OrchestrationNames.SoakInstance(input.RunId, stage.Name, attempt, watchRestarts);
        if (watches.Any(watch => watch.InstanceId == instance)) return;

        PutWatchesAside();
        watchedSince = NowUtc;
        var scope = new ExpressionScope { Inputs = input.Inputs, Outputs = outputs, Run = RunValues.Of(input, stage.Name, attempt, clock.Anchor) };
        var ended = context.CallSubOrchestratorAsync<string>(OrchestrationNames.Soak, new SoakInput
        {
            RunId = input.RunId,
            Playbook = input.Playbook.Name,
            Stage = stage.Name,
            Attempt = attempt,
            Epoch = epoch,
            Clock = clock,
            Ledger = SoakLedger.Start(
                input.Playbook.Guardrails.Where(rule => IsGuarded(rule, stage)).Select(rule => rule.Resolved(scope)), stage.Guardrails.Select(rule => rule.Resolved(scope)),
                clock.ToPlaybook(context.CurrentUtcDateTime), clock) with
            {
                Surface = stage.Surface,
            },
            Metrics = input.Playbook.Metrics,
            Channels = input.Playbook.Channels,
            TellsVerdicts = IsBoundToEvidence,
        }, new SubOrchestrationOptions(instanceId: instance));
        watches.Add((stage, instance));
        _ = MindAsync(stage, instance, ended);
        Update(stage.Name, status => status with { SoakInstanceId = instance });
    }

    /// <summary>A rollback ends the watch. Where a retry goes on above stages whose effects stand, they are guarded again from its checks on. What another run left is not this one's to guard.</summary>
    private void KeepWatching()
    {
        if (watches.Count > 0 || LastPromoted() is not { } below || !StageOrder.IsGuarded(input.Playbook, below)) return;
        watchRestarts++;
        StartWatch(below);
        GuardOnAfterPromotion(below);
    }

    private void StartSoak(Stage stage)
    {
        var soak = stage.Soak!;
        StartWatch(stage);
        soaking = !soak.Watch;
        if (soak.Watch) WatchOn(stage);
        log.Write(RunLogKind.SoakStarted, soak.Watch ? $"{stage.Name} is watched {SoakText.Rule(soak)}, and the next stage does not wait for it" : $"{stage.Name} soaks {SoakText.Rule(soak)}", stage.Name, AttemptOf(stage.Name));
        context.SendEvent(watches[^1].InstanceId, OrchestrationNames.ControlEvent, new SoakControl
        {
            Kind = SoakControlKind.StartSoak,
            Soak = soak,
            Deadline = WindowsOf(stage).DeadlineOf(clock.ToPlaybook(context.CurrentUtcDateTime), soak.EffectiveAtMost) ?? DateTimeOffset.MaxValue,
        });
    }

    /// <summary>After a rollback that leaves effects of earlier stages in force, those are guarded on; until people choose, nothing follows from it.</summary>
    private void GuardWhatStands(IReadOnlyList<StandingEffect> standing)
    {
        if (stages.LastOrDefault(stage => standing.Any(effect => effect.Stage == stage.Name)) is not { } guarded) return;
        watchRestarts++;
        foreach (var stage in stages.Where(stage => stage != guarded && watchedOn.Contains(stage.Name)).ToList()) StartSoak(stage);
        StartWatch(guarded);
        if (StatusOf(guarded).State == StageState.Promoted) GuardOnAfterPromotion(guarded);
    }

    private void TellWatches(SoakControlKind what)
    {
        TellWatches(new SoakControl { Kind = what });
        if (what != SoakControlKind.Stop) return;
        watches.Clear();
        besides.Clear();
    }

    private void TellWatches(SoakControl what)
    {
        foreach (var watch in ReachedBy(what.Kind)) context.SendEvent(watch.InstanceId, OrchestrationNames.ControlEvent, what);
    }

    /// <summary>A watch ends when it is told to. One that ends otherwise leaves the run unguarded, so people must know at once.</summary>
    private async Task MindAsync(Stage stage, string instance, Task<string> ended)
    {
        var why = "it ended before its time";
        try
        {
            await ended;
        }
        catch (TaskFailedException broken)
        {
            why = broken.FailureDetails.ErrorMessage;
        }

        var isBeside = besides.RemoveAll(watch => watch.InstanceId == instance) > 0;
        if ((watches.RemoveAll(watch => watch.InstanceId == instance) == 0 && !isBeside) || Interrupted) return;
        if (State == RunState.RolledBack)
        {
            HoldAndTell($"nobody guards what still stands of {stage.Name} any more: {why}");
            Publish();
            changed.Changed();
            return;
        }

        if (isBeside) brokenBeside = stage;
        else brokenWatch = stage;
        Stick($"nobody measures the guardrails of {stage.Name} any more: {why}", [RunVerb.Retry]);
        Publish();
        changed.Changed();
    }

    /// <summary>After people chose to go on, a watch that broke measures again, and a soak begins anew.</summary>
    private void RestartWatch()
    {
        RestartBeside();
        if (brokenWatch is not { } stage) return;
        brokenWatch = null;
        watchRestarts++;
        if (soaking) StartSoak(stage);
        else StartWatch(stage);
        if (stageStatuses.Any(status => status.Name == stage.Name && status.State == StageState.Promoted)) GuardOnAfterPromotion(stage);
    }
}
