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
            var (signal, problem) = await context.NextEventAsync<RunSignal>(OrchestrationNames.SignalEvent);
            if (signal is null) PassOver("a signal", problem);
            else if (!RunTransitions.IsFinal(State)) Carefully($"{signal.Kind} of {signal.From}", () => Take(signal));
            Publish();
            changed.Changed();
        }
    }

    /// <summary>
    /// A fault here would end the listener, and with it the run, in silence: it holds the run instead, so that people
    /// see it and can still go on, go back or abort.
    /// </summary>
    private void Carefully(string what, Action take, string? commandId = null)
    {
        try
        {
            take();
        }
        catch (Exception fault)
        {
            var why = $"{what} could not be carried out: {fault.Message}";
            log.Write(RunLogKind.Faulted, why, lastStage?.Name, commandId: commandId, data: new { Type = fault.GetType().Name, fault.StackTrace });
            if (Interrupted || RunTransitions.IsFinal(State)) return;
            if (State == RunState.Holding || RunTransitions.Allows(State, RunTrigger.Hold)) HoldAll(why);
            CallForPeople("fault", $"{input.RunId} needs you: {why}", () => true);
        }
    }

    private void PassOver(string what, string problem) =>
        log.Write(RunLogKind.Faulted, $"{what} could not be read and was passed over: {problem}", lastStage?.Name);

    private void Take(RunSignal signal)
    {
        if (signal.Kind == RunSignalKind.RollbackProgressed)
        {
            TakeRollbackProgress(signal.Rollback!);
        }
        else if (signal.Kind == RunSignalKind.VerdictChanged)
        {
            if (watches.Any(watch => watch.InstanceId == signal.From)) TakeEvidence(signal.Evidence!);
        }
        else if (signal.Kind == RunSignalKind.GlassBroken)
        {
            TakeBrokenGlass(signal);
        }
        else if (signal.Kind == RunSignalKind.DocumentAttached)
        {
            TakeDocument(signal);
        }
        else if (signal.Kind == RunSignalKind.Soak)
        {
            if (WatchBy(signal.From) is { } watched && !TakeFromWatchedStage(watched, signal)) TakeFromWatch(signal.Soak!);
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
            case RunSignalKind.StepProgressed:
                // For people who look, not for the record: it says nothing that the step's end will not say.
                Show(stage, signal.Step!);
                if (State != RunState.Holding) because = signal.Message;
                break;
            case RunSignalKind.PeopleAsked:
                OpenApproval(stage, signal.Question!);
                break;
            case RunSignalKind.QuestionVoided:
                VoidApproval(stage, signal.Question!);
                break;
            case RunSignalKind.Stuck:
                Stick(signal.Message, signal.Choices, signal.Owners);
                break;
            case RunSignalKind.DocumentationAwaited:
                if (State == RunState.Holding) interruptedBecause = signal.Message;
                else because = signal.Message;
                log.Write(RunLogKind.DocumentationAwaited, signal.Message, stage.Name, AttemptOf(stage.Name), data: signal.Awaits);
                break;
        }
    }

    /// <summary>Who owns incidents hears of one that a step opened, wherever the step stands.</summary>
    private void TellOfIncident(StepStatus step)
    {
        if (step is { Uses: "incident/open", Verdict: StepVerdict.Passed } && input.Playbook.OwnedBy(Role.Incidents) is { Count: > 0 } owners)
            NotifyPeople($"{input.RunId}: {step.Message}", owners);
    }

    private void TakeStep(Stage stage, StepStatus step)
    {
        if (step is { Part: "steps", Verdict: StepVerdict.Passed, Uses: not "metric/capture" }) changedAt = NowUtc;
        var kind = step.Part == "criteria" ? RunLogKind.CriteriaMeasured : RunLogKind.StepFinished;
        log.Write(kind, $"{step.Part} {step.StepId} ({step.Uses}) {step.Verdict.ToString().ToLowerInvariant()}: {step.Message}", stage.Name, AttemptOf(stage.Name), data: step);
        TellOfIncident(step);
        Show(stage, step);
    }

    private void Show(Stage stage, StepStatus step) => Update(stage.Name, status => status with
    {
        Steps = [.. status.Steps.Where(known => known.StepId != step.StepId || known.Part != step.Part), step],
    });

    private void TakeFromWatch(SoakEvent happened)
    {
        if (happened.Kind is SoakEventKind.Drifted or SoakEventKind.DriftGone or SoakEventKind.Unreadable)
        {
            TakeDrift(happened);
            return;
        }

        var stage = lastStage!;
        var kind = happened.Kind switch
        {
            SoakEventKind.Breached => RunLogKind.SoakBreached,
            SoakEventKind.Spoke => RunLogKind.GuardrailSpoke,
            _ => RunLogKind.SoakFinished,
        };
        log.Write(kind, happened.Message, stage.Name, AttemptOf(stage.Name), data: (object?)happened.Measurement ?? happened.Account);
        if (happened.Kind is SoakEventKind.Passed or SoakEventKind.TimedOut)
        {
            soaking = false;
            Tell(new StageControl { Kind = happened.Kind == SoakEventKind.Passed ? StageControlKind.SoakPassed : StageControlKind.SoakTimedOut, Account = happened.Account });
        }

        React(happened);
    }

    private void React(SoakEvent happened)
    {
        if (wentBack && State == RunState.RolledBack)
        {
            // What still stands is guarded, but after a rollback people alone decide.
            if (happened.Reaction is Reaction.Rollback or Reaction.Hold) HoldAndTell($"guardrail {happened.Message}");
            else if (happened.Reaction == Reaction.Notify) NotifyPeople($"{input.RunId}: {happened.Message}", happened.Notify);
            return;
        }

        if (Find(happened.Surface) is { } surface && ReactsAlone(surface, happened)) return;
        switch (happened.Reaction)
        {
            case Reaction.Rollback:
                AskForRollback(new PendingRollback($"guardrail {happened.Message}", Actors.Rollout, happened.Measurement?.MeasuredAt ?? NowUtc, To: null, happened.Notify) { Detected = DetectionOf(happened) }, surface: null);
                break;
            case Reaction.Hold when RunTransitions.Allows(State, RunTrigger.Hold) || State == RunState.Holding:
                // What is asked about a failed check does not answer for a failed guardrail.
                choices = [.. choices.Where(choice => choice != RunVerb.Ignore)];
                HoldAll($"guardrail {happened.Message}", whole: happened.Surface is null);
                CallForHold(happened.Message, happened.Notify);
                break;
            case Reaction.Hold when State == RunState.RolledBack:
                HoldAndTell($"guardrail {happened.Message}");
                break;
            case Reaction.Notify:
                NotifyPeople($"{input.RunId}: {happened.Message}", happened.Notify);
                break;
        }
    }

    private void TakeRollbackProgress(RollbackReport report)
    {
        if (Find(report.Surface) is { } surface)
        {
            TakeProgressOf(surface, report);
            return;
        }

        if (State != RunState.RollingBack) return;
        LogCompensations(report, rollback);

        rollback = report;
        because = report.BlockedBy is { } blocked ? $"blocked: {blocked}; it is tried again until it works" : report.Cause;
        if (report.BlockedBy is null || toldOfBlockade || NowUtc - rollbackCausedAt < (report.Objective ?? TimeSpan.Zero)) return;
        toldOfBlockade = true;
        log.Write(RunLogKind.Held, $"the way back is {because}", lastStage?.Name);
        CallForRollback($"{input.RunId} cannot go back: {because}", () => State == RunState.RollingBack && rollback?.BlockedBy is not null, owner is null ? null : [owner.Name]);
    }

    private void LogCompensations(RollbackReport report, RollbackReport? known)
    {
        foreach (var effect in report.Effects.Skip(known?.Effects.Count ?? 0))
        {
            log.Write(RunLogKind.EffectCompensated, effect.Message, lastStage?.Name, data: effect);
        }
    }

    private void Tell(StageControlKind what) => Tell(new StageControl { Kind = what });

    private void Tell(StageControl what)
    {
        if (openStageInstance is { } instance) context.SendEvent(instance, OrchestrationNames.ControlEvent, what);
    }
}
