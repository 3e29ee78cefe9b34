namespace RolloutWorkflows.Orchestrations;

/// <summary>Where the run stands, and what of it people see.</summary>
internal sealed partial class RolloutRun
{
    private readonly List<StageStatus> stageStatuses;
    private RunState? heldIn;
    private string because = "starting";
    private string interruptedBecause = "";
    private IReadOnlyList<RunVerb> choices = [];
    private RollbackReport? rollback;
    private DateTimeOffset? endedAt;

    private RunState State { get; set; } = RunState.Pending;

    private DateTimeOffset NowUtc => new(context.CurrentUtcDateTime, TimeSpan.Zero);

    /// <summary>Moves along the transition table. While the run is held, its stage's progress changes only what a resume returns to.</summary>
    private void Move(RunTrigger trigger, string why)
    {
        if (State == RunState.Holding && heldIn is { } interrupted && !RunTransitions.Allows(RunState.Holding, trigger))
        {
            if (trigger == RunTrigger.Hold) because = why;
            else (heldIn, interruptedBecause) = (RunTransitions.Next(interrupted, trigger), why);
            return;
        }

        var before = State;
        State = RunTransitions.Next(before, trigger, heldIn);
        heldIn = trigger == RunTrigger.Hold ? before : null;
        heldWhole &= State == RunState.Holding;
        if (trigger == RunTrigger.Hold) interruptedBecause = because;
        // Once people let it go on, it stands where it stood for the reason it had then.
        because = trigger == RunTrigger.Resume ? interruptedBecause : why;
        if (State == RunState.Holding) log.Write(RunLogKind.Held, why, lastStage?.Name);
        else if (State != before) log.Write(RunLogKind.StateChanged, HasItsOwnLine(trigger) ? $"{before} → {State}" : $"{before} → {State}: {why}", lastStage?.Name);
    }

    /// <summary>A question and a stage's soak are told of by a line of their own, which follows.</summary>
    private bool HasItsOwnLine(RunTrigger trigger) => trigger == RunTrigger.PeopleAsked || (trigger == RunTrigger.SoakStarted && openStageInstance is not null);

    private void Update(string stage, Func<StageStatus, StageStatus> change)
    {
        var index = stageStatuses.FindIndex(status => status.Name == stage);
        stageStatuses[index] = change(stageStatuses[index]);
    }

    private StageStatus StatusOf(Playbooks.Stage stage) => stageStatuses.First(status => status.Name == stage.Name);

    private int AttemptOf(string stage) => stageStatuses.First(status => status.Name == stage).Attempt;

    /// <summary>Promote ends a soak, and where none runs there is nothing to end; without an owner nobody hands over.</summary>
    private IReadOnlyList<RunVerb> Accepts() =>
        [.. RunVerbs.Accepted(State, choices, approvals.Count > 0)
            .Union(IsDriftOpen ? [RunVerb.Retry, RunVerb.Ignore] : [])
            .Union(AcceptedForSurfaces())
            .Where(verb => (verb != RunVerb.Promote || soaking) && (verb != RunVerb.Handover || owner is not null))
            .Order()];

    private void Publish() => context.SetCustomStatus(new RunStatus
    {
        RunId = input.RunId,
        Playbook = input.Playbook.Name,
        Title = input.Playbook.Title,
        State = Shown.State,
        Meanwhile = Shown.State == State ? null : State,
        Because = Shown.Because,
        Stage = stageStatuses.LastOrDefault(status => status.State == StageState.Open)?.Name ?? lastStage?.Name,
        Attempt = lastStage is null ? 0 : AttemptOf(lastStage.Name),
        StartedBy = input.StartedBy,
        Owner = owner?.Name,
        StartedAt = new DateTimeOffset(clock.Anchor, TimeSpan.Zero),
        EndedAt = endedAt,
        Supersedes = input.Supersedes?.RunId,
        SupersededBy = supersededBy,
        HeldIn = heldIn,
        Accepts = Accepts(),
        Choices = Guidance(),
        OpenApprovals = [.. approvals.Values.Select(entry => entry.Open)],
        Stages = [.. stageStatuses],
        Surfaces = SurfaceStatuses(),
        Documents = [.. documents.Values.OrderBy(document => document.Name, StringComparer.Ordinal)],
        Drift = drifted,
        Rollback = rollback,
        RollsBack = ScopeOfRollback(),
        TimeCompression = clock.Compression,
    });
}
