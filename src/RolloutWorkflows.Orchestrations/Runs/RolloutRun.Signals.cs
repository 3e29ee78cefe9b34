using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>What the run's stages, watches and rollbacks tell it, and what it tells them.</summary>
internal sealed partial class RolloutRun
{
    private static readonly TaskOptions Stubborn = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: 100, firstRetryInterval: TimeSpan.FromSeconds(1), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(5)));

    private async Task ListenToChildrenAsync()
    {
        while (true)
        {
            var signal = await context.WaitForExternalEvent<RunSignal>(OrchestrationNames.SignalEvent);
            if (!RunTransitions.IsFinal(State)) Take(signal);
            Publish();
            changed.Changed();
        }
    }

    private void Take(RunSignal signal)
    {
        if (signal.Kind == RunSignalKind.RollbackProgressed)
        {
            TakeRollbackProgress(signal.Rollback!);
        }
        else if (signal.Kind == RunSignalKind.Soak)
        {
            if (watches.Any(watch => watch.InstanceId == signal.From)) TakeFromWatch(signal.Soak!);
        }
        else if (signal.From == openStageInstance && !Interrupted)
        {
            TakeFromStage(signal);
        }
    }

    private void TakeFromStage(RunSignal signal)
    {
        var stage = lastStage!;
        switch (signal.Kind)
        {
            case RunSignalKind.PhaseEntered:
                Move(signal.Trigger!.Value, signal.Message);
                break;
            case RunSignalKind.SoakNeeded:
                StartSoak(stage);
                break;
            case RunSignalKind.WatchNeeded:
                StartWatch(stage);
                break;
            case RunSignalKind.StepFinished:
                TakeStep(stage, signal.Step!);
                break;
            case RunSignalKind.PeopleAsked:
                OpenApproval(stage, signal.Question!);
                break;
            case RunSignalKind.Stuck:
                Stick(signal.Message, signal.Choices);
                break;
        }
    }

    private void TakeStep(Stage stage, StepStatus step)
    {
        var kind = step.Part == "criteria" ? RunLogKind.CriteriaMeasured : RunLogKind.StepFinished;
        log.Write(kind, $"{step.Part} {step.StepId} ({step.Uses}) {step.Verdict.ToString().ToLowerInvariant()}: {step.Message}", stage.Name, AttemptOf(stage.Name), data: step);
        Update(stage.Name, status => status with
        {
            Steps = [.. status.Steps.Where(known => known.StepId != step.StepId || known.Part != step.Part), step],
        });
    }

    private void TakeFromWatch(SoakEvent happened)
    {
        var stage = lastStage!;
        var kind = happened.Kind switch
        {
            SoakEventKind.Breached => RunLogKind.SoakBreached,
            SoakEventKind.Spoke => RunLogKind.GuardrailSpoke,
            _ => RunLogKind.SoakFinished,
        };
        log.Write(kind, happened.Message, stage.Name, AttemptOf(stage.Name), data: happened.Measurement);
        if (happened.Kind == SoakEventKind.Passed) Tell(StageControlKind.SoakPassed);
        if (happened.Kind == SoakEventKind.TimedOut) Tell(StageControlKind.SoakTimedOut);
        React(happened);
    }

    private void React(SoakEvent happened)
    {
        switch (happened.Reaction)
        {
            case Reaction.Rollback:
                AskForRollback(new PendingRollback($"guardrail {happened.Message}", Actors.Rollout, happened.Measurement?.MeasuredAt ?? NowUtc, To: null));
                break;
            case Reaction.Hold when RunTransitions.Allows(State, RunTrigger.Hold) || State == RunState.Holding:
                HoldAll($"guardrail {happened.Message}");
                NotifyPeople($"{input.RunId} holds: {happened.Message}", happened.Notify);
                break;
            case Reaction.Notify:
                NotifyPeople($"{input.RunId}: {happened.Message}", happened.Notify);
                break;
        }
    }

    private void TakeRollbackProgress(RollbackReport report)
    {
        if (State != RunState.RollingBack) return;
        foreach (var effect in report.Effects.Skip(rollback?.Effects.Count ?? 0))
        {
            log.Write(RunLogKind.EffectCompensated, effect.Message, lastStage?.Name, data: effect);
        }

        rollback = report;
        because = report.BlockedBy is { } blocked ? $"blocked: {blocked}; it is tried again until it works" : report.Cause;
    }

    /// <summary>The stage's own watch begins; the one before it ends.</summary>
    private void StartWatch(Stage stage)
    {
        var attempt = AttemptOf(stage.Name);
        var instance = OrchestrationNames.SoakInstance(input.RunId, stage.Name, attempt);
        if (watches.Any(watch => watch.InstanceId == instance)) return;

        TellWatches(SoakControlKind.Stop);
        var ended = context.CallSubOrchestratorAsync<string>(OrchestrationNames.Soak, new SoakInput
        {
            RunId = input.RunId,
            Playbook = input.Playbook.Name,
            Stage = stage.Name,
            Attempt = attempt,
            Epoch = epoch,
            Clock = clock,
            Ledger = SoakLedger.Start(input.Playbook.Guardrails, stage.Guardrails, clock.ToPlaybook(context.CurrentUtcDateTime), clock),
            Metrics = input.Playbook.Metrics,
            Channels = input.Playbook.Channels,
        }, new SubOrchestrationOptions(instanceId: instance));
        watches.Add((stage.Name, instance, ended));
        Update(stage.Name, status => status with { SoakInstanceId = instance });
    }

    private void StartSoak(Stage stage)
    {
        StartWatch(stage);
        log.Write(RunLogKind.SoakStarted, $"{stage.Name} soaks for {PlaybookDuration.Format(stage.Soak!.For)}", stage.Name, AttemptOf(stage.Name));
        context.SendEvent(watches[^1].InstanceId, OrchestrationNames.ControlEvent, new SoakControl { Kind = SoakControlKind.StartSoak, Soak = stage.Soak });
    }

    private void TellWatches(SoakControlKind what)
    {
        foreach (var watch in watches)
        {
            context.SendEvent(watch.InstanceId, OrchestrationNames.ControlEvent, new SoakControl { Kind = what });
        }

        if (what == SoakControlKind.Stop) watches.Clear();
    }

    private void Tell(StageControlKind what)
    {
        if (openStageInstance is not { } instance) return;
        context.SendEvent(instance, OrchestrationNames.ControlEvent, new StageControl { Kind = what });
    }
}
