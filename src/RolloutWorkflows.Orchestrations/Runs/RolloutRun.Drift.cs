namespace RolloutWorkflows.Orchestrations;

/// <summary>
/// What reads otherwise than the run set it. Drift holds the run in every state that goes forward; where a rollback has
/// ended it is recorded and told only, since then nothing automatic moves. People decide: they restore the value and
/// resume, let the run set its values again, or accept what stands.
/// </summary>
internal sealed partial class RolloutRun
{
    private IReadOnlyList<DriftedTarget> drifted = [];

    /// <summary>True while a hold goes on that drift began, or came on top of.</summary>
    private bool heldForDrift;

    /// <summary>Why the run was held before the drift was found; null where it was not.</summary>
    private string? heldBefore;

    private bool IsDriftOpen => drifted.Count > 0 && State == RunState.Holding;

    private void TakeDrift(SoakEvent happened)
    {
        var known = drifted.Count > 0;
        drifted = NotGoingBack(happened.Drift);
        // What a rollback takes back at the moment differs for that reason.
        if (drifted.Count == 0 && happened.Drift.Count > 0) return;
        var kind = happened.Kind == SoakEventKind.DriftGone ? RunLogKind.DriftGone : RunLogKind.DriftFound;
        log.Write(kind, happened.Message, lastStage?.Name, data: happened.Drift);
        if (happened.Kind == SoakEventKind.DriftGone)
        {
            if (State == RunState.Holding && known) because = heldBefore ?? $"{happened.Message}; resume to go on";
            return;
        }

        HoldAndTell(happened.Message);
    }

    /// <summary>Somebody changed a leased target by hand, which people had to force: that is drift even where the part that the run set reads as before.</summary>
    private void TakeBrokenGlass(RunSignal signal)
    {
        log.Write(RunLogKind.GlassBroken, signal.Message, lastStage?.Name, actor: signal.Actor, reason: signal.Reason);
        var why = signal.Reason is { Length: > 0 } reason ? $"{signal.Message}: {reason}" : signal.Message;
        TellWatches(new SoakControl { Kind = SoakControlKind.Intervene, Why = why });
        HoldAndTell(why);
    }

    /// <summary>Holds the run where it goes forward, and tells the channel ops and the owner in any case.</summary>
    private void HoldAndTell(string why)
    {
        if (State == RunState.RolledBack) because = $"{afterRollback}; since then: {why}";
        else if (!Interrupted && (State == RunState.Holding || RunTransitions.Allows(State, RunTrigger.Hold)))
        {
            if (!heldForDrift || State != RunState.Holding) heldBefore = State == RunState.Holding ? because : null;
            heldForDrift = true;
            HoldAll(why);
        }

        IReadOnlyList<string> answering = owner is null ? [] : [owner.Name];
        if (State == RunState.Holding) CallForHold(why, answering);
        else CallForPeople("drift", $"{input.RunId}: {why}", () => State == RunState.RolledBack, answering);
    }

    /// <summary>Carries out <c>retry</c> or <c>ignore</c> where the answer is to drift. True where it is.</summary>
    private bool SettlesDrift(RunCommand command)
    {
        if (!IsDriftOpen || command.Surface is not null || command.Verb is not (RunVerb.Retry or RunVerb.Ignore)) return false;
        _ = SettleDriftAsync(command, drifted);
        return true;
    }

    private async Task SettleDriftAsync(RunCommand command, IReadOnlyList<DriftedTarget> shown)
    {
        var accepts = command.Verb == RunVerb.Ignore;
        try
        {
            var settled = await context.CallActivityAsync<DriftSettled>(accepts ? ActivityNames.AcceptDrift : ActivityNames.SetAgain, new DriftSettlement
            {
                RunId = input.RunId,
                Epoch = epoch,
                Actor = command.Actor,
                Reason = command.Reason,
                Targets = shown,
            });
            foreach (var message in settled.Messages) log.Write(RunLogKind.DriftSettled, message, lastStage?.Name, actor: command.Actor, reason: command.Reason);
            if (State != RunState.Holding || Interrupted) return;
            drifted = settled.Left;
            if (drifted.Count > 0) because = DriftWatch.Sentence(drifted);
            else Carefully("going on after drift", () => GoOnAfterDrift(accepts ? $"{command.Actor} accepts what stands" : $"{command.Actor} had the values set again"));
        }
        catch (TaskFailedException failure)
        {
            log.Write(RunLogKind.Faulted, $"the drift could not be settled: {failure.FailureDetails.ErrorMessage}", lastStage?.Name);
        }

        Publish();
        changed.Changed();
    }

    /// <summary>What held the run before the drift still holds it.</summary>
    private void GoOnAfterDrift(string why)
    {
        heldForDrift = false;
        TellWatches(new SoakControl { Kind = SoakControlKind.Intervene, Why = why });
        if (heldBefore is null)
        {
            LetGoOn(StageControlKind.Resume, why);
            return;
        }

        because = heldBefore;
        TellWatches(SoakControlKind.Resume);
    }

    /// <summary>What was only told after a rollback, when nothing moved, holds the run that is tried again before it acts.</summary>
    private void HoldForKnownDrift()
    {
        TellWatches(SoakControlKind.Resume);
        if (drifted.Count > 0) HoldAndTell(DriftWatch.Sentence(drifted));
    }

    /// <summary>Takes a <c>resume</c> while drift is known: the targets are read back first, and drift that persists refuses it.</summary>
    private bool LooksBeforeItResumes(RunCommand command)
    {
        if (!IsDriftOpen || command.Verb != RunVerb.Resume) return false;
        _ = ResumeAfterLookingAsync(command);
        return true;
    }

    private async Task ResumeAfterLookingAsync(RunCommand command)
    {
        try
        {
            var look = await context.CallActivityAsync<ReadBackResult>(ActivityNames.ReadBack, input.RunId);
            look = look with { Drifted = NotGoingBack(look.Drifted) };
            if (State == RunState.Holding) drifted = look.Drifted;
            Carefully($"{RunVerbs.Word(command.Verb)} by {command.Actor}", () => Answer(command, RefusalOfLook(look)), command.CommandId);
        }
        catch (TaskFailedException failure)
        {
            Answer(command, $"what the run set could not be read back: {failure.FailureDetails.ErrorMessage}");
        }

        Publish();
        changed.Changed();
    }

    private static string? RefusalOfLook(ReadBackResult look) => look switch
    {
        { Drifted.Count: > 0 } => $"{DriftWatch.Sentence(look.Drifted)}. Restore it and resume, or retry (the run sets its values again), or ignore with a reason (what stands is accepted)",
        { Unreadable.Count: > 0 } => $"{string.Join("; ", look.Unreadable)}. Mend it and resume",
        _ => null,
    };
}
