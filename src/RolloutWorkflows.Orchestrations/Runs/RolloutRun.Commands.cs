namespace RolloutWorkflows.Orchestrations;

/// <summary>What people tell the run. Every command is answered, in every state: accepted and done, or refused with the reason.</summary>
internal sealed partial class RolloutRun
{
    private readonly HashSet<string> answeredCommands = [];

    private async Task ListenToPeopleAsync()
    {
        while (true)
        {
            var (command, problem) = await context.NextEventAsync<RunCommand>(OrchestrationNames.CommandEvent);
            if (command is null) PassOver("a command", problem);
            else if (FlawOf(command) is { } flaw) PassOver("a command", flaw);
            // The same command twice acts once: its answer stands in the record already.
            else if (answeredCommands.Add(command.CommandId)) Carefully($"{RunVerbs.Word(command.Verb)} by {command.Actor}", () => Answer(command), command.CommandId);
            Publish();
            changed.Changed();
        }
    }

    /// <summary>What no trigger would have sealed: an event that somebody raised in a command's place. Null: nothing.</summary>
    private static string? FlawOf(RunCommand command) =>
        !Enum.IsDefined(command.Verb) ? $"there is no command {(int)command.Verb}"
        : string.IsNullOrWhiteSpace(command.CommandId) ? "it has no id"
        : string.IsNullOrWhiteSpace(command.Actor) ? "it names no actor"
        : string.IsNullOrWhiteSpace(command.Via) ? "it does not say which way it came"
        : null;

    private void Answer(RunCommand command)
    {
        var refusal = Refusal(command);
        if (refusal is null && LooksBeforeItResumes(command)) return;
        Answer(command, refusal);
    }

    private void Answer(RunCommand command, string? refused)
    {
        var word = RunVerbs.Word(command.Verb);
        if ((refused ?? Refusal(command)) is { } refusal)
        {
            log.Write(RunLogKind.CommandRefused, $"{word} by {command.Actor} was refused: {refusal}", lastStage?.Name,
                actor: command.Actor, reason: command.Reason, commandId: command.CommandId, data: new { command.Verb, command.Via, command.ApprovalId });
            return;
        }

        log.Write(RunLogKind.CommandAccepted, $"{word} by {command.Actor}", lastStage?.Name,
            actor: command.Actor, reason: command.Reason, commandId: command.CommandId, data: new { command.Verb, command.Via, ApprovalId = MeantBy(command)?.ApprovalId ?? command.ApprovalId, Shown = MeantBy(command)?.Shown.Digest });
        Acknowledge();
        Act(command);
    }

    /// <summary>Why the command cannot be carried out, with what would be accepted; null where it can.</summary>
    private string? Refusal(RunCommand command)
    {
        if (!Accepts().Contains(command.Verb)) return NotNow(command.Verb);
        if (RefusalOfSurface(command) is { } ofSurface) return ofSurface;
        return command.Verb switch
        {
            RunVerb.Approve or RunVerb.Reject => RefusalOfVote(command),
            RunVerb.Promote or RunVerb.Ignore or RunVerb.Override => RefusalOfOverride(command),
            RunVerb.Abort => RefusalOfAbort(command),
            RunVerb.Handover => RefusalOfHandover(command),
            RunVerb.Resume => RefusalOfResume(),
            RunVerb.Rollback => RefusalOfTarget(command),
            _ => null,
        };
    }

    private string NotNow(RunVerb verb)
    {
        var accepted = string.Join(", ", Accepts().Select(RunVerbs.Word));
        return verb switch
        {
            RunVerb.Approve or RunVerb.Reject => $"no approval is open; the run is {State}: {because}; it accepts {accepted}",
            RunVerb.Handover when !RunTransitions.IsFinal(State) => "the playbook names no owner, so there is nothing to hand over",
            RunVerb.Resume when State == RunState.Holding => $"the stage is stuck: {because}; choose one of {accepted}",
            _ => $"the run is {State}: {because}; it accepts {accepted}",
        };
    }

    private void Act(RunCommand command)
    {
        var reason = command.Reason is { Length: > 0 } given ? $": {given}" : "";
        if (ActsOnSurfaces(command, reason) || SettlesDrift(command)) return;
        switch (command.Verb)
        {
            case RunVerb.Approve or RunVerb.Reject:
                TakeVote(command);
                break;
            case RunVerb.Hold:
                HoldAll($"{command.Actor} holds it{reason}");
                NotifyPeople($"{input.RunId} holds: {command.Actor} holds it{reason}", hasOwnLine: true);
                break;
            case RunVerb.Resume when State == RunState.Holding:
                LetGoOn(StageControlKind.Resume, $"{command.Actor} lets it go on{reason}");
                break;
            case RunVerb.Promote:
                soaking = false;
                TellWatches(SoakControlKind.EndSoak);
                Tell(StageControlKind.SoakPassed);
                break;
            case RunVerb.Retry when State == RunState.RolledBack:
                Move(RunTrigger.Retry, $"{command.Actor} tries again{reason}");
                retrying = true;
                wentBack = false;
                break;
            case RunVerb.Retry:
                LetGoOn(StageControlKind.Retry, $"{command.Actor} tries again{reason}");
                break;
            case RunVerb.Ignore:
                LetGoOn(StageControlKind.Ignore, $"{command.Actor} goes on past it{reason}");
                break;
            case RunVerb.Override when State == RunState.Holding:
                OpenWindow();
                LetGoOn(StageControlKind.Override, $"{command.Actor} opens the window{reason}");
                break;
            case RunVerb.Override:
                OpenWindow();
                Tell(StageControlKind.Override);
                break;
            case RunVerb.Rollback:
                // Rolling back once more from where a rollback ended means all the way.
                AskForRollback(new PendingRollback($"{command.Actor} asked for a rollback{reason}", command.Actor, command.At,
                    NamedBy(command) ?? (AllTheWay ? Playbooks.RollbackTarget.Start : null)), surface: null);
                break;
            case RunVerb.Handover:
                HandOver(command, reason);
                break;
            case RunVerb.Abort:
                IsAborting = true;
                supersededBy = command.SupersededBy;
                Move(RunTrigger.Abort, $"{command.Actor} aborted it{reason}");
                break;
        }
    }

    /// <summary>Sends the run back, whatever it is doing, or one of its surfaces. While it is going back already, nothing more is needed.</summary>
    private void AskForRollback(PendingRollback request, string? surface)
    {
        surface ??= request.To is null ? input.Playbook.RollbackOf(StageToGoBackFrom()).Surface : null;
        if (surface is not null)
        {
            AskForRollbackOf(Find(surface)!, request);
            return;
        }

        if (State == RunState.RollingBack || !RunTransitions.Allows(State, RunTrigger.Rollback)) return;
        pendingRollback = request;
        choices = [];
        Move(RunTrigger.Rollback, request.Cause);
    }

    private void HoldAll(string why, bool whole = true)
    {
        Move(RunTrigger.Hold, why);
        heldWhole |= whole;
        Tell(StageControlKind.Hold);
    }

    /// <summary>The stage cannot go on until people choose.</summary>
    private void Stick(string why, IReadOnlyList<RunVerb> choose, IReadOnlyList<string>? owners = null)
    {
        Move(RunTrigger.Hold, why);
        choices = choose;
        CallForPeople("hold", WithChoices($"{input.RunId} needs you: {why}"), () => State == RunState.Holding, owners);
    }

    private void LetGoOn(StageControlKind how, string why)
    {
        choices = [];
        heldForDrift = false;
        Move(RunTrigger.Resume, why);
        log.Write(RunLogKind.Resumed, why, lastStage?.Name);
        Tell(how);
        if (how == StageControlKind.Ignore) TellWatches(new SoakControl { Kind = SoakControlKind.Intervene, Why = why });
        TellWatches(SoakControlKind.Resume);
        RestartWatch();
    }
}
