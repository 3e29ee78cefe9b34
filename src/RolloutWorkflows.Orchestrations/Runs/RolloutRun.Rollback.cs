using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>The way back.</summary>
internal sealed partial class RolloutRun
{
    /// <summary>How long a rollback that broke waits before it begins again.</summary>
    private static readonly TimeSpan RollbackAgainAfter = TimeSpan.FromSeconds(30);

    private RollbackTarget? goingBackTo;

    /// <summary>What the last rollback came to, in one sentence.</summary>
    private string afterRollback = "";

    /// <summary>Undoes what the run changed, as far back as the playbook or the command says. One that breaks begins again until it ends or the run is aborted.</summary>
    public async Task RollBackAsync()
    {
        var request = pendingRollback!;
        await Task.WhenAll(surfaceRollbacks);
        var stage = StageToGoBackFrom();
        brokenWatch = null;
        var target = request.To ?? TargetFrom(stage);
        goingBackTo = target;
        (rollback, rollbackCausedAt, toldOfBlockade, drifted) = (null, request.CausedAt, false, []);
        log.Write(RunLogKind.RollbackStarted, $"rolling back to {target}: {request.Cause}", stage.Name, AttemptOf(stage.Name), request.Actor);
        TellOfRollback(target, request);
        TellWatches(SoakControlKind.Stop);
        while (!IsAborting)
        {
            epoch++;
            Publish();
            if (await TryRollBackAsync(new RollbackScope { Stage = stage.Name, Attempt = AttemptOf(stage.Name), To = target }, request, Overtaken(), () => IsAborting) is not { } report) continue;
            FinishRollback(stage, target, report with { Detected = request.Detected });
            return;
        }

        pendingRollback = null;
    }

    /// <summary>Before a stage's first effect, what can be at fault and be undone is the stage that is still being watched.</summary>
    private Stage StageToGoBackFrom() => pendingRollback?.From ?? brokenWatch ?? (watches.Count > 0 ? watches[^1].Stage : lastStage ?? stages[firstStage]);

    /// <summary>What a rollback that was asked for now would go back to. After one, another means all the way.</summary>
    private RollbackScope ScopeOfRollback()
    {
        var stage = StageToGoBackFrom();
        var to = State == RunState.RollingBack ? goingBackTo : AllTheWay ? RollbackTarget.Start : null;
        return new RollbackScope { Stage = stage.Name, Attempt = AttemptOf(stage.Name), To = to ?? TargetFrom(stage) };
    }

    private bool AllTheWay => State == RunState.RolledBack || (RunTransitions.IsFinal(State) && stageStatuses.Any(status => status.State == StageState.RolledBack));

    /// <summary>Whoever asked for it knows; of what the run began by itself people are reminded.</summary>
    private void TellOfRollback(RollbackTarget target, PendingRollback request)
    {
        var text = $"{input.RunId} rolls back to {target}: {request.Cause}";
        var owners = input.Playbook.OwnedBy(Role.Rollback);
        if (request.Actor == Actors.Rollout) CallForRollback(text, () => State == RunState.RollingBack, [.. (request.Notify ?? []).Union(owners)]);
        else NotifyPeople(text, owners.Count > 0 ? [.. owners, .. Operations] : null, hasOwnLine: true);
    }

    /// <summary>The report; null where it broke or was stopped.</summary>
    private async Task<RollbackReport?> TryRollBackAsync(RollbackScope scope, PendingRollback request, IReadOnlyList<RollbackScope> overtaken, Func<bool> stopped)
    {
        var instance = OrchestrationNames.RollbackInstance(input.RunId, epoch);
        var work = context.CallSubOrchestratorAsync<RollbackReport>(OrchestrationNames.Rollback, new RollbackInput
        {
            Rollout = input,
            Clock = clock,
            Plan = input.Playbook.RollbackOf(input.Playbook.FindStage(scope.Stage)!),
            Outputs = outputs,
            Epoch = epoch,
            To = scope.To,
            Surface = scope.Surface,
            Interrupted = overtaken,
            Stage = scope.Stage,
            Attempt = scope.Attempt,
            OpenedStages = [.. stageStatuses.Where(status => status.Attempt > 0).Select(status => status.Name)],
            Cause = request.Cause,
            Actor = request.Actor,
            CausedAt = request.CausedAt,
        }, new SubOrchestrationOptions(instanceId: instance));

        try
        {
            await Task.WhenAny(work, changed.Until(stopped));
            if (!stopped()) return await work;
            context.SendEvent(instance, OrchestrationNames.ControlEvent, new StageControl { Kind = StageControlKind.Stop });
            await SettleAsync(work);
            return null;
        }
        catch (TaskFailedException broken)
        {
            var why = $"the rollback broke and begins again in {RollbackAgainAfter.TotalSeconds:0} s: {broken.FailureDetails.ErrorMessage}";
            var surface = Find(scope.Surface);
            if (surface is null) because = why;
            else surface.Because = why;
            log.Write(RunLogKind.Faulted, why, scope.Stage);
            CallForRollback($"{input.RunId} cannot go back: {why}", () => surface is null ? State == RunState.RollingBack : surface.Halt == SurfaceState.RollingBack, surface: surface);
            Publish();
            await Task.WhenAny(context.CreateTimer(RollbackAgainAfter, CancellationToken.None), changed.Until(stopped));
            return null;
        }
    }

    /// <summary>
    /// How far back the playbook says. A stage to return to must have been promoted before: while it is open itself, or
    /// ahead, returning to it would undo nothing.
    /// </summary>
    private RollbackTarget TargetFrom(Stage stage)
    {
        var target = input.Playbook.RollbackOf(stage).To ?? RollbackTarget.StageStart;
        if (target.Kind == RollbackTargetKind.StageStart && stage == pendingRollback?.From) return BeforeAllThatFollowed(stage);
        return target.Kind == RollbackTargetKind.Stage && IndexOf(target.Stage) >= IndexOf(stage.Name) ? RollbackTarget.StageStart : target;
    }

    private int IndexOf(string? stage) => stageStatuses.FindIndex(status => status.Name == stage);

    private void FinishRollback(Stage stage, RollbackTarget target, RollbackReport report)
    {
        pendingRollback = null;
        rollback = report;
        wentBack = true;
        foreach (var undone in stages.Skip(RestartIndex(stage, target)).Where(candidate => AttemptOf(candidate.Name) > 0 && IsUndone(candidate, stage, target)))
        {
            var whole = undone == stage || target.Kind is RollbackTargetKind.Start or RollbackTargetKind.Stage;
            Update(undone.Name, status => status with { State = StageState.RolledBack, EndedAt = NowUtc, Standing = whole ? [] : status.Standing, PromotedFor = [] });
        }

        EndWatchesOfWhatWentBack();
        foreach (var step in report.Steps)
        {
            log.Write(RunLogKind.StepFinished, $"{step.Part} {step.StepId} ({step.Uses}) {step.Verdict.ToString().ToLowerInvariant()}: {step.Message}", stage.Name, data: step);
        }

        foreach (var step in report.Steps) TellOfIncident(step);
        var summary = afterRollback = RollbackText.Of(report);
        HaltWhatWentBack(summary);
        Move(RunTrigger.RollbackFinished, summary);
        log.Write(RunLogKind.RollbackFinished, summary, stage.Name, AttemptOf(stage.Name), report.Actor, data: report);
        CallForRollback(WithChoices($"{input.RunId} {summary}; it waits for you"), () => State == RunState.RolledBack);
        GuardWhatStands(report.Standing);
        Publish();
    }

    /// <summary>Where a retry begins: at the first stage whose effects were undone. A run goes back no further than to its own start.</summary>
    private int RestartIndex(Stage stage, RollbackTarget target) => Math.Max(firstStage, target.Kind switch
    {
        RollbackTargetKind.Start => 0,
        RollbackTargetKind.Stage => IndexOf(target.Stage) + 1,
        _ => IndexOf(stage.Name),
    });
}
