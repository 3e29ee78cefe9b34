using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>
/// The surfaces that move and go back alone. One stage is open at a time; where a surface holds or was rolled back, the
/// stages of the others go on, and stages that move all of them wait. Their way back stands in <c>RolloutRun.SurfaceRollback.cs</c>.
/// </summary>
internal sealed partial class RolloutRun
{
    private readonly List<SurfaceRun> surfaces;

    /// <summary>True while the present hold is not only one of the surface whose stage is open.</summary>
    private bool heldWhole;

    /// <summary>True from the end of a rollback of the whole run until people try again.</summary>
    private bool wentBack;

    /// <summary>Nothing can go on until people decide about a surface, or until its rollback has ended.</summary>
    public bool WaitsForSurfaces => surfaces.Count > 0 && (State == RunState.RolledBack || (NextStage() is null && (IsHalted || !stages.All(IsDone))));

    private bool IsHalted => surfaces.Any(surface => surface.Halt is not null);

    /// <summary>True where a <c>retry</c> that names nothing means every surface that was rolled back.</summary>
    private bool MeansSurfaces => Halted(SurfaceState.RolledBack).Any() && !choices.Contains(RunVerb.Retry) && !IsDriftOpen;

    /// <summary>Waits while nothing of the run can go on. It never succeeds past a surface that was rolled back.</summary>
    public async Task AwaitSurfacesAsync()
    {
        if (!Interrupted && RunTransitions.Allows(State, RunTrigger.SurfaceWaits) && !Halted(SurfaceState.RollingBack).Any() && Halted(SurfaceState.RolledBack).Any())
        {
            Move(RunTrigger.SurfaceWaits, WhatWaits());
            Publish();
        }

        var seen = (State, Halted(SurfaceState.RollingBack).Count());
        await changed.Until(() => Interrupted || !WaitsForSurfaces || seen != (State, Halted(SurfaceState.RollingBack).Count()));
    }

    private SurfaceRun? Find(string? name) => name is null ? null : surfaces.Find(surface => surface.Name == name);

    private IEnumerable<SurfaceRun> Halted(SurfaceState how) => surfaces.Where(surface => surface.Halt == how);

    private string Names(SurfaceState how) => string.Join(", ", Halted(how).Select(surface => surface.Name));

    private bool IsDone(Stage stage) => StatusOf(stage).State is StageState.Promoted or StageState.TakenOver;

    private Stage? LastPromoted() => stages.LastOrDefault(stage => StatusOf(stage).State == StageState.Promoted);

    /// <summary>A stage without a surface needs all of them.</summary>
    private IEnumerable<SurfaceRun> ConcernedBy(Stage stage) => stage.Surface is { } own ? surfaces.Where(surface => surface.Name == own) : surfaces;

    private bool MayOpen(Stage stage) => surfaces.Count == 0
        || (!IsDone(stage) && ConcernedBy(stage).All(surface => surface.Halt is null) && StageOrder.NeedsOf(input.Playbook, stage).All(need => IsMet(need, stage)));

    /// <summary>A stage that was rolled back for other surfaces alone is still promoted for this one.</summary>
    private bool IsMet(string need, Stage stage) => stages.First(other => other.Name == need) is var needed
        && (IsDone(needed) || (stage.Surface is { } surface && StatusOf(needed).PromotedFor.Contains(surface)));

    /// <summary>The stage that a promotion of this one leads to.</summary>
    private Stage? StageAfter(Stage stage)
    {
        var ahead = stages.Where(other => other != stage && !IsDone(other)).ToList();
        return surfaces.Count == 0 ? ahead.FirstOrDefault() : ahead.Find(CanFollow) ?? ahead.FirstOrDefault();

        bool CanFollow(Stage other) => ConcernedBy(other).All(surface => surface.Halt is null)
            && StageOrder.NeedsOf(input.Playbook, other).All(need => need == stage.Name || IsMet(need, other));
    }

    /// <summary>Whether the open stage has to stop, since its surface, or one of all where it has none, goes back.</summary>
    private bool IsStopped(Stage stage) => ConcernedBy(stage).Any(surface => surface.Halt == SurfaceState.RollingBack);

    private bool IsOpenFor(SurfaceRun surface) => openStageInstance is not null && ConcernedBy(lastStage!).Contains(surface);

    /// <summary>What held the stage goes with it; what holds the whole run stays.</summary>
    private void LeaveStopped(Stage stage)
    {
        choices = [];
        TellWatches(SoakControlKind.LeaveStage);
        if (State == RunState.Holding && !heldWhole) Move(RunTrigger.Resume, $"{stage.Name} was stopped");
        if (brokenWatch is null) return;
        // Nobody is asked about its watch any more, and what stands below is measured again.
        brokenWatch = null;
        KeepWatching();
    }

    /// <summary>A surface's guardrail speaks from what was moved of it first, and not while it goes back.</summary>
    private bool IsGuarded(Guardrail rule, Stage stage) => Find(rule.Surface) is not { } surface || surface.Halt switch
    {
        SurfaceState.RollingBack => false,
        SurfaceState.RolledBack => surface.StandsPartly,
        _ => StageOrder.Moves(stage, surface.Name) || surface.StandsPartly
            || stages.Any(other => StageOrder.Moves(other, surface.Name) && (StatusOf(other).State == StageState.Promoted || StatusOf(other).PromotedFor.Contains(surface.Name))),
    };

    /// <summary>What a guardrail of one surface does to that one alone. True where nothing is left to do.</summary>
    private bool ReactsAlone(SurfaceRun surface, SoakEvent happened, Stage? from = null)
    {
        if (happened.Reaction is not (Reaction.Rollback or Reaction.Hold)) return false;
        var why = $"guardrail {happened.Message}";
        if (surface.Halt is SurfaceState.RolledBack or SurfaceState.RollingBack)
        {
            // As after any rollback, people alone decide what becomes of what still stands.
            if (surface.Halt == SurfaceState.RolledBack) surface.Because = $"{(surface.Rollback is { } report ? RollbackText.Of(report) : "it was rolled back")}; since then: {why}";
            CallForPeople("drift", $"{input.RunId}, {surface.Name}: {why}", () => surface.Halt == SurfaceState.RolledBack, happened.Notify);
            return true;
        }

        if (happened.Reaction == Reaction.Rollback)
        {
            AskForRollbackOf(surface, new PendingRollback(why, Actors.Rollout, happened.Measurement?.MeasuredAt ?? NowUtc, To: null, happened.Notify) { From = from, Detected = DetectionOf(happened) });
            return true;
        }

        if (IsOpenFor(surface)) return false;
        HoldOne(surface, why);
        CallForPeople($"hold of {surface.Name}", WithChoices($"{input.RunId} holds {surface.Name}: {why}"), () => surface.Halt == SurfaceState.Holding, happened.Notify);
        return true;
    }

    /// <summary>None of its stages opens before people resume it; what is open of others goes on.</summary>
    private void HoldOne(SurfaceRun surface, string why)
    {
        if (surface.Halt is not null) return;
        (surface.Halt, surface.Because) = (SurfaceState.Holding, why);
        log.Write(RunLogKind.Held, $"{surface.Name}: {why}", lastStage?.Name, data: new { Surface = surface.Name });
    }

    /// <summary>Carries out a command that means surfaces alone. True where it does.</summary>
    private bool ActsOnSurfaces(RunCommand command, string reason)
    {
        switch (command.Verb)
        {
            case RunVerb.Rollback when Find(command.Surface) is { } surface:
                AskForRollbackOf(surface, new PendingRollback($"{command.Actor} asked for a rollback of {surface.Name}{reason}", command.Actor, command.At, surface.Halt == SurfaceState.RolledBack ? RollbackTarget.Start : null));
                return true;
            case RunVerb.Retry when command.Surface is not null || MeansSurfaces:
                Retry([.. Halted(SurfaceState.RolledBack).Where(surface => command.Surface is null || surface.Name == command.Surface)], $"{command.Actor} tries again{reason}");
                return true;
            case RunVerb.Hold when Find(command.Surface) is { } surface:
                var why = $"{command.Actor} holds {surface.Name}{reason}";
                if (IsOpenFor(surface)) HoldAll(why, whole: false);
                else HoldOne(surface, why);
                NotifyPeople($"{input.RunId}: {why}", hasOwnLine: true);
                return true;
            case RunVerb.Resume:
                Release([.. Halted(SurfaceState.Holding).Where(surface => command.Surface is null || surface.Name == command.Surface)], $"{command.Actor} lets it go on{reason}");
                return State != RunState.Holding || (Find(command.Surface) is { } resumed && (heldWhole || !IsOpenFor(resumed)));
            default:
                return false;
        }
    }

    private void Release(List<SurfaceRun> held, string why)
    {
        foreach (var surface in held)
        {
            (surface.Halt, surface.Because) = (null, why);
            log.Write(RunLogKind.Resumed, $"{surface.Name}: {why}", lastStage?.Name, data: new { Surface = surface.Name });
        }

        if (held.Count > 0) TellWatches(SoakControlKind.Resume);
        if (State == RunState.RolledBack && !wentBack && NextStage() is not null) Move(RunTrigger.Retry, why);
    }

    private void Retry(List<SurfaceRun> again, string why)
    {
        foreach (var surface in again)
        {
            (surface.Halt, surface.Because) = (null, why);
            log.Write(RunLogKind.Resumed, $"{surface.Name}: {why}", lastStage?.Name, data: new { Surface = surface.Name });
        }

        if (State != RunState.RolledBack) return;
        Move(RunTrigger.Retry, why);
        if (wentBack) retrying = true;
        else HoldForKnownDrift();
        wentBack = false;
    }

    private IReadOnlyList<RunVerb> AcceptedForSurfaces() => RunTransitions.IsFinal(State) || State == RunState.RollingBack ? [] :
        [.. Halted(SurfaceState.RolledBack).Any() ? [RunVerb.Retry] : Array.Empty<RunVerb>(), .. Halted(SurfaceState.Holding).Any() ? [RunVerb.Resume] : Array.Empty<RunVerb>()];

    private string? RefusalOfSurface(RunCommand command)
    {
        if (command.Surface is not { } name) return null;
        if (command.Verb is not (RunVerb.Rollback or RunVerb.Retry or RunVerb.Hold or RunVerb.Resume)) return $"{RunVerbs.Word(command.Verb)} takes no surface; leave it out";
        if (surfaces.Count == 0) return $"the playbook has no surfaces, so '{name}' cannot be meant alone; leave it out";
        if (Find(name) is not { } surface) return $"there is no surface '{name}'{Playbooks.Problems.Suggestion.For(name, input.Playbook.Surfaces)}; there are {string.Join(", ", input.Playbook.Surfaces)}";
        return command.Verb switch
        {
            RunVerb.Retry when surface.Halt != SurfaceState.RolledBack => $"{name} is not rolled back: it is {StateOf(surface)}",
            RunVerb.Hold when surface.Halt is not null => $"{name} goes on no further already: it is {StateOf(surface)}",
            RunVerb.Resume when surface.Halt != SurfaceState.Holding && (State != RunState.Holding || heldWhole || !IsOpenFor(surface)) => $"{name} is not held alone: it is {StateOf(surface)}",
            _ => null,
        };
    }

    /// <summary>The run's state and its reason; where a surface is worse off, that one's.</summary>
    private (RunState State, string Because) Shown
    {
        get
        {
            if (RunTransitions.IsFinal(State) || State is RunState.RollingBack || (wentBack && State == RunState.RolledBack)) return (State, because);
            var state = Halted(SurfaceState.RollingBack).Any() ? RunState.RollingBack
                : Halted(SurfaceState.RolledBack).Any() ? RunState.RolledBack
                : Halted(SurfaceState.Holding).Any() && State != RunState.RolledBack ? RunState.Holding : State;
            if (!IsHalted) return (state, because);
            return (state, State == RunState.RolledBack ? WhatWaits() : $"{WhatWaits()}; meanwhile: {because}");
        }
    }

    private string WhatWaits()
    {
        var waiting = stages.Where(stage => !IsDone(stage) && stage.Surface is null && StatusOf(stage).State != StageState.Open).Select(stage => stage.Name).ToList();
        var text = string.Join("; ", surfaces.Where(surface => surface.Halt is not null).Select(surface => $"{surface.Name} is {StateOf(surface)}: {surface.Because}"));
        return waiting.Count == 0 ? text : $"{text}; {string.Join(", ", waiting)} {(waiting.Count == 1 ? "waits" : "wait")} for {string.Join(", ", surfaces.Where(surface => surface.Halt is not null).Select(surface => surface.Name))}";
    }

    private SurfaceState StateOf(SurfaceRun surface)
    {
        if (surface.Halt is { } halt) return halt;
        if (IsOpenFor(surface)) return State == RunState.Holding ? SurfaceState.Holding : SurfaceState.Open;
        var own = stages.Where(stage => StageOrder.Moves(stage, surface.Name)).Select(StatusOf).ToList();
        if (own.Exists(stage => stage.State == StageState.RolledBack && !stage.PromotedFor.Contains(surface.Name))) return SurfaceState.Retrying;
        return own.Exists(stage => stage.Attempt > 0 || stage.State == StageState.TakenOver) ? SurfaceState.Standing : SurfaceState.Ahead;
    }

    private IReadOnlyList<SurfaceStatus> SurfaceStatuses() => [.. surfaces.Select(surface => new SurfaceStatus
    {
        Surface = surface.Name,
        State = StateOf(surface),
        Because = surface.Because,
        Stage = stages.LastOrDefault(stage => StageOrder.Moves(stage, surface.Name) && AttemptOf(stage.Name) > 0)?.Name,
        Rollback = surface.Rollback,
        RollsBack = surface.GoesBack ?? ScopeOf(surface, surface.Halt == SurfaceState.RolledBack ? RollbackTarget.Start : null),
    })];

    private void Restore(SurfaceStatus kept)
    {
        if (Find(kept.Surface) is not { } surface) return;
        (surface.Because, surface.Rollback) = (kept.Because, kept.Rollback);
        if (kept.State is SurfaceState.RolledBack or SurfaceState.RollingBack) surface.Halt = SurfaceState.RolledBack;
    }
}
