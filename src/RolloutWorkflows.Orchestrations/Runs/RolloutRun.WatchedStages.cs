using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>Stages whose soak only watches: their guardrails go on while later stages are carried out, until that soak is over.</summary>
internal sealed partial class RolloutRun
{
    /// <summary>Watches of promoted stages, beside the one that tells of the run's guardrails.</summary>
    private readonly List<(Stage Stage, string InstanceId)> besides = [];

    /// <summary>The stages whose watch is not over.</summary>
    private readonly HashSet<string> watchedOn = [];

    private Stage? brokenBeside;

    private void WatchOn(Stage stage)
    {
        watchedOn.Add(stage.Name);
        Update(stage.Name, status => status with { IsWatched = true });
    }

    private (Stage Stage, string InstanceId, bool IsBeside)? WatchBy(string instance) =>
        watches.Where(watch => watch.InstanceId == instance).Select(watch => (watch.Stage, watch.InstanceId, false))
            .Concat(besides.Where(watch => watch.InstanceId == instance).Select(watch => (watch.Stage, watch.InstanceId, true)))
            .Select(watch => ((Stage, string, bool)?)watch).FirstOrDefault();

    /// <summary>What concerns one soak is said to its own watch, what concerns the run to all.</summary>
    private IEnumerable<(Stage Stage, string InstanceId)> ReachedBy(SoakControlKind what) =>
        what is SoakControlKind.EndSoak or SoakControlKind.LeaveStage or SoakControlKind.StartSoak ? watches : watches.Concat(besides);

    /// <summary>Another stage's watch begins: those before end, but for the stages that are watched on.</summary>
    private void PutWatchesAside()
    {
        foreach (var watch in watches)
        {
            var goesOn = watchedOn.Contains(watch.Stage.Name);
            context.SendEvent(watch.InstanceId, OrchestrationNames.ControlEvent, new SoakControl { Kind = goesOn ? SoakControlKind.KeepBeside : SoakControlKind.Stop });
            if (goesOn) besides.Add(watch);
        }

        watches.Clear();
    }

    /// <summary>A promoted stage's own guardrails end, unless it is watched on; those of the last stage end with the run's <c>watch</c>.</summary>
    private void GuardAfterPromotion(Stage stage)
    {
        if (!watchedOn.Contains(stage.Name) && (NextStage() is not null || input.Playbook.Watch is null)) TellWatches(SoakControlKind.LeaveStage);
    }

    /// <summary>As <see cref="GuardAfterPromotion"/>, for a watch that was begun anew: then a soak that watches counts from now.</summary>
    private void GuardOnAfterPromotion(Stage stage)
    {
        if (watchedOn.Contains(stage.Name)) StartSoak(stage);
        else GuardAfterPromotion(stage);
    }

    /// <summary>Takes what a watched stage's guardrails and soak say. False: it is for the stage in hand.</summary>
    private bool TakeFromWatchedStage((Stage Stage, string InstanceId, bool IsBeside) watch, RunSignal signal)
    {
        var happened = signal.Soak!;
        var isOver = happened.Kind is SoakEventKind.Passed or SoakEventKind.TimedOut;
        if (!watch.IsBeside && !(isOver && watch.Stage.Soak is { Watch: true })) return false;

        var kind = isOver ? RunLogKind.SoakFinished : happened.Kind == SoakEventKind.Breached ? RunLogKind.SoakBreached : RunLogKind.GuardrailSpoke;
        log.Write(kind, isOver ? $"the watch of {watch.Stage.Name} is over: {happened.Message}" : happened.Message, watch.Stage.Name, AttemptOf(watch.Stage.Name), data: happened.Measurement);
        if (isOver) EndWatchOf(watch);
        if (happened.Kind == SoakEventKind.TimedOut) TakeTimeOutOf(watch.Stage, $"{watch.Stage.Name} was watched: {happened.Message}");
        else React(happened, watch.Stage);
        return true;
    }

    private void TakeTimeOutOf(Stage stage, string why)
    {
        if (stage.Soak!.OnTimeout == Reaction.Rollback && State != RunState.RolledBack)
        {
            AskForRollback(new PendingRollback(why, Actors.Rollout, NowUtc, To: null) { From = stage }, stage.Surface);
        }
        else if (State == RunState.Holding || RunTransitions.Allows(State, RunTrigger.Hold))
        {
            HoldAll(why);
            CallForHold(why, []);
        }
    }

    /// <summary>What a rollback took back is watched no longer.</summary>
    private void EndWatchesOfWhatWentBack()
    {
        foreach (var stage in stages.Where(stage => watchedOn.Contains(stage.Name) && StatusOf(stage).State == StageState.RolledBack).ToList())
        {
            watchedOn.Remove(stage.Name);
            Update(stage.Name, status => status with { IsWatched = false });
            Tell(new StageControl { Kind = StageControlKind.WatchEnded, Watched = stage.Name });
            foreach (var beside in besides.Where(watch => watch.Stage == stage)) context.SendEvent(beside.InstanceId, OrchestrationNames.ControlEvent, new SoakControl { Kind = SoakControlKind.Stop });
            besides.RemoveAll(watch => watch.Stage == stage);
        }
    }

    /// <summary>What follows concerns a stage that later ones may have been built on.</summary>
    private void React(SoakEvent happened, Stage from)
    {
        if (Find(happened.Surface) is { } surface && ReactsAlone(surface, happened, from)) return;
        if (happened.Reaction == Reaction.Rollback && State != RunState.RolledBack)
            AskForRollback(new PendingRollback($"guardrail {happened.Message}", Actors.Rollout, happened.Measurement?.MeasuredAt ?? NowUtc, To: null, happened.Notify) { From = from, Detected = DetectionOf(happened) }, surface: null);
        else React(happened);
    }

    private void EndWatchOf((Stage Stage, string InstanceId, bool IsBeside) watch)
    {
        watchedOn.Remove(watch.Stage.Name);
        Update(watch.Stage.Name, status => status with { IsWatched = false });
        Tell(new StageControl { Kind = StageControlKind.WatchEnded, Watched = watch.Stage.Name });
        if (watch.IsBeside)
        {
            besides.RemoveAll(beside => beside.InstanceId == watch.InstanceId);
            context.SendEvent(watch.InstanceId, OrchestrationNames.ControlEvent, new SoakControl { Kind = SoakControlKind.Stop });
        }
        else if (stageStatuses.Any(status => status.Name == watch.Stage.Name && status.State == StageState.Promoted))
        {
            GuardAfterPromotion(watch.Stage);
        }
    }

    /// <summary>The stage's start, where later stages were carried out since: as it was before the stage, which takes these back too.</summary>
    private RollbackTarget BeforeAllThatFollowed(Stage stage)
    {
        var index = stages.ToList().IndexOf(stage);
        if (stages.Skip(index + 1).All(later => AttemptOf(later.Name) == 0)) return RollbackTarget.StageStart;
        return index <= firstStage ? RollbackTarget.Start : new RollbackTarget { Kind = RollbackTargetKind.Stage, Stage = stages[index - 1].Name };
    }

    /// <summary>After people chose to go on, a watch beside the run's own that broke measures again.</summary>
    private void RestartBeside()
    {
        if (brokenBeside is not { } stage) return;
        brokenBeside = null;
        var (own, soaked) = (watches.ToList(), soaking);
        watches.Clear();
        watchRestarts++;
        StartSoak(stage);
        PutWatchesAside();
        watches.AddRange(own);
        soaking = soaked;
    }
}
