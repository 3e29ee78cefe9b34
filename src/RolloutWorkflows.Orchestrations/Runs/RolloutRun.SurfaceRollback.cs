using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>The way back of one surface, beside whatever the others do. A rollback of the whole run overtakes it and does what it had left to do.</summary>
internal sealed partial class RolloutRun
{
    private readonly List<Task> surfaceRollbacks = [];

    private void AskForRollbackOf(SurfaceRun surface, PendingRollback request)
    {
        if (Interrupted || State == RunState.RollingBack || surface.Halt == SurfaceState.RollingBack) return;
        var to = request.To;
        (surface.Halt, surface.Because, surface.GoesBack) = (SurfaceState.RollingBack, request.Cause, ScopeOf(surface, to, request.From));
        (surface.CausedAt, surface.ToldOfBlockade, surface.Rollback) = (request.CausedAt, false, null);
        if (RunTransitions.IsFinal(State)) Move(RunTrigger.SurfaceWaits, request.Cause);
        surfaceRollbacks.RemoveAll(work => work.IsCompleted);
        surfaceRollbacks.Add(RollBackAsync(surface, request));
    }

    private async Task RollBackAsync(SurfaceRun surface, PendingRollback request)
    {
        await changed.Until(() => Interrupted || !IsOpenFor(surface));
        var scope = surface.GoesBack!;
        if (!Interrupted)
        {
            log.Write(RunLogKind.RollbackStarted, $"{surface.Name}: rolling back to {scope.To}: {request.Cause}", scope.Stage, scope.Attempt, request.Actor, data: new { Surface = surface.Name });
            TellOfRollback(surface, request, scope.To);
            TellWatches(new SoakControl { Kind = SoakControlKind.SetAside, Surface = surface.Name });
        }

        while (!Interrupted)
        {
            epoch++;
            Publish();
            if (await TryRollBackAsync(scope, request, [], () => Interrupted) is not { } report) continue;
            FinishRollback(surface, scope, report with { Detected = request.Detected });
            changed.Changed();
            return;
        }
    }

    private void TellOfRollback(SurfaceRun surface, PendingRollback request, RollbackTarget target)
    {
        var text = $"{input.RunId} rolls {surface.Name} back to {target}: {request.Cause}";
        if (request.Actor == Actors.Rollout) CallForRollback(text, () => surface.Halt == SurfaceState.RollingBack, request.Notify, surface);
        else NotifyPeople(text, hasOwnLine: true);
    }

    /// <summary>From the latest stage that has moved it: the open one where that has begun to act, or else what was promoted last.</summary>
    private RollbackScope ScopeOf(SurfaceRun surface, RollbackTarget? to, Stage? watched = null)
    {
        if (watched is not null && StatusOf(watched).State == StageState.Promoted)
        {
            // What was built on a stage that was watched on goes back with it.
            var target = to ?? TargetFrom(watched);
            return new RollbackScope { Stage = watched.Name, Attempt = AttemptOf(watched.Name), To = target.Kind == RollbackTargetKind.StageStart ? BeforeAllThatFollowed(watched) : target, Surface = surface.Name };
        }

        var moving = stages.Where(stage => StageOrder.Moves(stage, surface.Name)).ToList();
        var from = moving.FindLast(stage => StatusOf(stage) is { State: StageState.Open or StageState.Promoted, SoakInstanceId: not null })
            ?? moving.FindLast(stage => AttemptOf(stage.Name) > 0) ?? moving.FirstOrDefault() ?? stages[0];
        return new RollbackScope { Stage = from.Name, Attempt = AttemptOf(from.Name), To = to ?? TargetFrom(from), Surface = surface.Name };
    }

    private void TakeProgressOf(SurfaceRun surface, RollbackReport report)
    {
        if (surface.Halt != SurfaceState.RollingBack) return;
        LogCompensations(report, surface.Rollback);
        surface.Rollback = report;
        surface.Because = report.BlockedBy is { } blocked ? $"blocked: {blocked}; it is tried again until it works" : report.Cause;
        if (report.BlockedBy is null || surface.ToldOfBlockade || NowUtc - surface.CausedAt < (report.Objective ?? TimeSpan.Zero)) return;
        surface.ToldOfBlockade = true;
        log.Write(RunLogKind.Held, $"the way back of {surface.Name} is {surface.Because}", lastStage?.Name, data: new { Surface = surface.Name });
        CallForRollback($"{input.RunId} cannot take {surface.Name} back: {surface.Because}", () => surface.Halt == SurfaceState.RollingBack && surface.Rollback?.BlockedBy is not null, owner is null ? null : [owner.Name], surface);
    }

    private void FinishRollback(SurfaceRun surface, RollbackScope scope, RollbackReport report)
    {
        var summary = RollbackText.Of(report);
        (surface.Halt, surface.Because, surface.GoesBack, surface.Rollback) = (SurfaceState.RolledBack, summary, null, report);
        surface.StandsPartly = report.Standing.Count > 0;
        TakeBack(surface, scope);
        EndWatchesOfWhatWentBack();
        foreach (var step in report.Steps)
        {
            log.Write(RunLogKind.StepFinished, $"{step.Part} {step.StepId} ({step.Uses}) {step.Verdict.ToString().ToLowerInvariant()}: {step.Message}", scope.Stage, data: step);
        }

        log.Write(RunLogKind.RollbackFinished, summary, scope.Stage, scope.Attempt, report.Actor, data: report);
        CallForRollback(WithChoices($"{input.RunId}: {summary}; it waits for you"), () => surface.Halt == SurfaceState.RolledBack, surface: surface);
        GuardWhatStandsOf(surface, report.Standing);
        Publish();
    }

    /// <summary>What the surface's stages have come to. In a stage of all surfaces the steps of the others stand.</summary>
    private void TakeBack(SurfaceRun surface, RollbackScope scope)
    {
        var from = RestartIndex(input.Playbook.FindStage(scope.Stage)!, scope.To);
        foreach (var (stage, index) in stages.Select((stage, index) => (stage, index)).ToList())
        {
            var status = StatusOf(stage);
            var isStopped = status.State == StageState.Open && openStageInstance is null && stage.Surface is null;
            var wentBack = index >= from && StageOrder.Moves(stage, surface.Name) && status is { Attempt: > 0, State: not StageState.TakenOver };
            if (!isStopped && !wentBack) continue;
            var counted = status.State == StageState.Promoted ? input.Playbook.Surfaces : status.PromotedFor;
            var done = status.Standing.Union(status.State == StageState.RolledBack ? [] : status.Steps.Where(step => step is { Part: "steps", Verdict: StepVerdict.Passed }).Select(step => step.StepId));
            Update(stage.Name, known => known with
            {
                State = StageState.RolledBack,
                EndedAt = NowUtc,
                Standing = [.. done.Where(id => stage.Steps.First(step => step.Id == id).Surface != surface.Name)],
                PromotedFor = [.. counted.Where(name => name != surface.Name && stage.Surface is null)],
            });
        }
    }

    /// <summary>What is left of the surface is guarded on beside the others; where nothing of the run stands, nothing is.</summary>
    private void GuardWhatStandsOf(SurfaceRun surface, IReadOnlyList<StandingEffect> standing)
    {
        var standingStage = stages.LastOrDefault(stage => StatusOf(stage) is { State: StageState.Open or StageState.Promoted } or { Standing.Count: > 0 } || standing.Any(effect => effect.Stage == stage.Name));
        if (standingStage is null)
        {
            TellWatches(SoakControlKind.Stop);
            return;
        }

        for (var i = 0; i < watches.Count; i++)
        {
            if (StatusOf(watches[i].Stage).State != StageState.RolledBack) continue;
            context.SendEvent(watches[i].InstanceId, OrchestrationNames.ControlEvent, new SoakControl { Kind = SoakControlKind.LeaveStage });
            watches[i] = (standingStage, watches[i].InstanceId);
        }

        if (standing.Count == 0) return;
        if (watches.Count == 0)
        {
            GuardWhatStands(standing);
            return;
        }

        var scope = new ExpressionScope { Inputs = input.Inputs, Outputs = outputs, Run = RunValues.Of(input, standingStage.Name, AttemptOf(standingStage.Name), clock.Anchor, surface: surface.Name) };
        TellWatches(new SoakControl
        {
            Kind = SoakControlKind.TakeUp,
            Guardrails = [.. input.Playbook.Guardrails.Where(rule => rule.Surface == surface.Name).Select(rule => rule.Resolved(scope))],
            Epoch = epoch,
        });
    }

    /// <summary>Drift but for that of surfaces which go back at the moment: what differs there is being taken back.</summary>
    private IReadOnlyList<DriftedTarget> NotGoingBack(IReadOnlyList<DriftedTarget> drift) =>
        [.. drift.Where(target => Find(target.Surface) is not { Halt: SurfaceState.RollingBack })];

    /// <summary>Rollbacks of surfaces that the present one of the whole run has overtaken.</summary>
    private IReadOnlyList<RollbackScope> Overtaken() => [.. Halted(SurfaceState.RollingBack).Select(surface => surface.GoesBack!)];

    /// <summary>Whether a rollback of the whole run took a stage back. Others that were promoted since may stand above the one that it began with.</summary>
    private bool IsUndone(Stage candidate, Stage from, RollbackTarget target) => surfaces.Count == 0 || candidate == from
        || target.Kind is RollbackTargetKind.Start or RollbackTargetKind.Stage || StatusOf(candidate).State != StageState.Promoted;

    /// <summary>After a rollback of the whole run each surface of which something was taken back can be tried again alone.</summary>
    private void HaltWhatWentBack(string summary)
    {
        foreach (var surface in surfaces)
        {
            if (surface.Halt == SurfaceState.RollingBack) TakeBack(surface, surface.GoesBack!);
            surface.GoesBack = null;
            var isBack = surface.Halt is SurfaceState.RollingBack or SurfaceState.RolledBack
                || stages.Any(stage => StageOrder.Moves(stage, surface.Name) && StatusOf(stage).State == StageState.RolledBack);
            (surface.Halt, surface.Because) = isBack ? (SurfaceState.RolledBack, summary) : ((SurfaceState?)null, "");
        }
    }
}
