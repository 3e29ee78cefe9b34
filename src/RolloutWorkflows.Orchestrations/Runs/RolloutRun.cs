using System.Text.Json;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>
/// A run while it runs: its state, and the verbs that <see cref="RolloutOrchestrator"/> puts in order. Commands of people
/// stand in <c>RolloutRun.Commands.cs</c>, what its children tell it in <c>RolloutRun.Signals.cs</c>, approvals in
/// <c>RolloutRun.Approvals.cs</c>, the owner in <c>RolloutRun.Owner.cs</c>, the way back in <c>RolloutRun.Rollback.cs</c>, what it shows in <c>RolloutRun.Status.cs</c>.
/// </summary>
internal sealed partial class RolloutRun
{
    /// <summary>How long in-flight effects may take to settle before a rollback goes on without them.</summary>
    private static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(30);

    private readonly TaskOrchestrationContext context;
    private readonly RolloutInput input;
    private readonly PlaybookClock clock;
    private readonly RunLogWriter log;
    private readonly IReadOnlyList<Stage> stages;
    private readonly ConditionSignal changed = new();
    private readonly Dictionary<string, IReadOnlyDictionary<string, JsonElement>> outputs = [];

    private int epoch = 1;
    private string? openStageInstance;
    private Stage? lastStage;
    private PendingRollback? pendingRollback;
    private DateTimeOffset rollbackCausedAt;
    private bool toldOfBlockade;
    private bool retrying;

    public RolloutRun(TaskOrchestrationContext context, RolloutInput input)
    {
        this.context = context;
        this.input = input;
        clock = new PlaybookClock { Anchor = input.Reopened?.Memory.Anchor ?? context.CurrentUtcDateTime, Compression = input.TimeCompression };
        log = new RunLogWriter(context, input.RunId, clock, input.Reopened is { } again ? $"{again.Command.CommandId}." : null);
        stages = StageOrder.Of(input.Playbook);
        owner = Owner.Of(input.Playbook.Owner, input.People);
        stageStatuses = [.. Takeover.StagesAtStart(input)];
        surfaces = [.. input.Playbook.Surfaces.Select(name => new SurfaceRun(name))];
        if (input.Supersedes is { } earlier)
        {
            firstStage = IndexOf(earlier.FromStage);
            foreach (var (step, values) in earlier.Outputs) outputs[step] = values;
        }

        if (input.Reopened is { } reopened) Restore(reopened.Memory);
    }

    public bool IsAborting { get; private set; }

    public bool MustRollBack => pendingRollback is not null && !IsAborting;

    /// <summary>Records a start and listens to people and to its own children, from now to the run's end.</summary>
    public void Open()
    {
        if (input.Reopened is null)
        {
            log.Write(RunLogKind.Started, $"{input.StartedBy} started {input.Playbook.Title ?? input.Playbook.Name}", actor: input.StartedBy, reason: input.Reason, data: new { Playbook = input.Playbook.Name });
            LogTakeover();
            TakeDocumentsOfStart();
        }

        _ = ListenToPeopleAsync();
        _ = ListenToChildrenAsync();
        Publish();
    }

    /// <summary>The stage to carry out next; null once all are promoted, or where those that are left wait for a surface.</summary>
    public Stage? NextStage() => stages.FirstOrDefault(stage => surfaces.Count == 0 ? !IsDone(stage) : MayOpen(stage));

    /// <summary>Carries out one attempt at a stage, to its promotion or to whatever interrupts it.</summary>
    public async Task CarryOutAsync(Stage stage)
    {
        await changed.Until(() => Interrupted || State != RunState.Holding || !MayOpen(stage));
        if (Interrupted || !MayOpen(stage)) return;

        lastStage = stage;
        var rolledBackAt = RolledBackAt(stage);
        var isTriedAgain = StatusOf(stage).State == StageState.RolledBack || input.Supersedes?.RolledBack.Contains(stage.Name) == true;
        var attempt = OpenStage(stage);
        KeepWatching();
        openStageInstance = OrchestrationNames.StageInstance(input.RunId, stage.Name, attempt);
        var work = context.CallSubOrchestratorAsync<StageOutcome>(OrchestrationNames.Stage, new StageInput
        {
            Rollout = input,
            Clock = clock,
            Stage = stage.Name,
            NextStage = StageAfter(stage)?.Name,
            Standing = StatusOf(stage).Standing,
            Attempt = attempt,
            Epoch = epoch,
            Outputs = outputs,
            IsTriedAgain = isTriedAgain,
            OpenedAt = NowUtc,
            RolledBackAt = rolledBackAt,
            Documents = [.. documents.Values],
            WatchedOn = [.. watchedOn.Where(name => name != stage.Name)],
            TakenOverBefore = StageTakenOverBefore(stage),
            Evidence = [.. evidence.Values],
        }, new SubOrchestrationOptions(instanceId: openStageInstance));

        await Task.WhenAny(work, changed.Until(() => Interrupted || IsStopped(stage)));
        if (Interrupted || IsStopped(stage)) CloseApprovals();
        if ((Interrupted || IsStopped(stage)) && !work.IsCompleted) await StopAsync(work);
        await TakeOutcomeAsync(stage, work);
        openStageInstance = null;
        soaking = false;
        CloseApprovals();
        if (IsStopped(stage) && !Interrupted) LeaveStopped(stage);
        Publish();
        changed.Changed();
    }

    /// <summary>After the last promotion the guardrails may go on for a while. True once the run has reached its end.</summary>
    public async Task<bool> WatchToTheEndAsync()
    {
        await changed.Until(() => Interrupted || IsHalted || State != RunState.Holding);
        if (!Interrupted && !IsHalted && input.Playbook.Watch is { } watch)
        {
            Move(RunTrigger.SoakStarted, $"watching for {PlaybookDuration.Format(watch)} after the last promotion");
            Publish();
            using var noLonger = new CancellationTokenSource();
            var timer = context.CreateTimer(context.CurrentUtcDateTime + clock.ToReal(watch), noLonger.Token);
            await Task.WhenAny(timer, changed.Until(() => Interrupted || IsHalted));
            if (!timer.IsCompleted) noLonger.Cancel();
            await changed.Until(() => Interrupted || IsHalted || State != RunState.Holding);
        }

        if (!Interrupted && !IsHalted && watchedOn.Count > 0)
        {
            Move(RunTrigger.SoakStarted, $"watching {string.Join(", ", watchedOn)} to the end of its soak");
            Publish();
            await changed.Until(() => Interrupted || IsHalted || watchedOn.Count == 0);
            await changed.Until(() => Interrupted || IsHalted || State != RunState.Holding);
        }

        return !Interrupted && !IsHalted;
    }

    /// <summary>After a rollback nothing automatic moves: people retry, roll back further, or abort.</summary>
    public async Task AwaitRetryAsync()
    {
        await changed.Until(() => Interrupted || retrying);
        if (retrying) HoldForKnownDrift();
        retrying = false;
    }

    private bool Interrupted => IsAborting || pendingRollback is not null;

    private int OpenStage(Stage stage)
    {
        var attempt = AttemptOf(stage.Name) + 1;
        Update(stage.Name, status => status with { State = StageState.Open, Attempt = attempt, OpenedAt = NowUtc, EndedAt = null, SoakInstanceId = null, Steps = [] });
        var rehearsed = stage.Steps.Count > 0 && StageRehearsal.Of(input.Rehearsals, stage.Name) is { } said ? $"; its way back was {said}" : "";
        log.Write(RunLogKind.StageOpened, $"stage {stage.Name} opened{rehearsed}", stage.Name, attempt);
        return attempt;
    }

    private async Task StopAsync(Task work)
    {
        Tell(StageControlKind.Stop);
        await SettleAsync(work);
    }

    private async Task SettleAsync(Task work)
    {
        using var settled = new CancellationTokenSource();
        var limit = context.CreateTimer(context.CurrentUtcDateTime + SettleTime, settled.Token);
        await Task.WhenAny(work, limit);
        if (!limit.IsCompleted) settled.Cancel();
    }

    private async Task TakeOutcomeAsync(Stage stage, Task<StageOutcome> work)
    {
        if (!work.IsCompleted) return;
        try
        {
            var outcome = await work;
            foreach (var pair in outcome.Outputs) outputs[pair.Key] = pair.Value;
            if (outcome.Kind == StageOutcomeKind.Promoted && !Interrupted && !IsStopped(stage)) Promote(stage);
            else if (outcome.Kind == StageOutcomeKind.RollBack) AskForRollback(new PendingRollback(outcome.Message, Actors.Rollout, NowUtc, To: null), outcome.Surface);
        }
        catch (TaskFailedException broken)
        {
            // On the way back or out it is of no matter any more: the journal knows what it changed.
            if (!Interrupted && !IsStopped(stage)) Stick($"{stage.Name} broke: {broken.FailureDetails.ErrorMessage}", [RunVerb.Retry]);
        }
    }

    private void Promote(Stage stage)
    {
        Update(stage.Name, status => status with { State = StageState.Promoted, EndedAt = NowUtc, Standing = [], PromotedFor = [] });
        GuardAfterPromotion(stage);
        log.Write(RunLogKind.StagePromoted, stage.Milestone is { } milestone
            ? $"stage {stage.Name} promoted; milestone {milestone.Id} reached"
            : $"stage {stage.Name} promoted", stage.Name, AttemptOf(stage.Name));
    }
}
