using System.Text.Json;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>
/// One attempt at a stage while it runs: what it tells the run, what the run tells it, and where it may pause. The
/// parts of the stage stand in <c>StageRun.Parts.cs</c>.
/// </summary>
internal sealed partial class StageRun
{
    private readonly TaskOrchestrationContext context;
    private readonly StageInput input;
    private readonly Playbook playbook;
    private readonly Stage stage;
    private readonly bool isGuarded;
    private StageWindows windows;
    private readonly StepRunner runner;
    private readonly ConditionSignal changed = new();
    private readonly Dictionary<string, IReadOnlyDictionary<string, JsonElement>> outputs = [];
    private readonly Dictionary<string, (StageControl Answer, DateTime At)> answers = [];
    private readonly HashSet<string> watchedOn;
    private int asked;

    private (RunTrigger Trigger, string Because) phase;
    private bool held;
    private bool stopping;
    private StageControlKind? choice;
    private StageControlKind? soakEnd;
    private DateTimeOffset? soakStarted;
    private SoakAccount? soakAccount;

    public StageRun(TaskOrchestrationContext context, StageInput input)
    {
        this.context = context;
        this.input = input;
        playbook = input.Rollout.Playbook;
        stage = playbook.FindStage(input.Stage)
            ?? throw new InvalidOperationException($"Bug in RolloutWorkflows: playbook '{playbook.Name}' has no stage '{input.Stage}'.");
        documents = input.Documents.ToDictionary(document => document.Name);
        guardrailVerdicts = input.Evidence.ToDictionary(said => said.Guardrail, said => said.Verdict);
        watchedOn = [.. input.WatchedOn];
        windows = new StageWindows(input.Rollout, stage, input.Attempt, input.Clock);
        isGuarded = StageOrder.IsGuarded(playbook, stage);
        runner = new StepRunner(context, input.Rollout, input.Clock, AskStepQuestionAsync, PauseAsync, TellProgress);
    }

    private DateTimeOffset Now => input.Clock.ToPlaybook(context.CurrentUtcDateTime);

    /// <summary>Takes what the run says, from now to the stage's end.</summary>
    public void Listen() => _ = ListenAsync();

    private async Task ListenAsync()
    {
        while (true)
        {
            var (control, _) = await context.NextEventAsync<StageControl>(OrchestrationNames.ControlEvent);
            if (control is null) continue;
            Apply(control);
            changed.Changed();
        }
    }

    /// <summary>How the attempt ended, with what later stages may read.</summary>
    public Task<StageOutcome> EndAsync(StageOutcomeKind kind, string message, string? surface = null) =>
        Task.FromResult(new StageOutcome { Kind = kind, Message = message, Outputs = outputs, Surface = surface ?? stage.Surface });

    private void Apply(StageControl control)
    {
        switch (control.Kind)
        {
            case StageControlKind.Hold:
                held = true;
                break;
            case StageControlKind.Resume:
                held = false;
                break;
            case StageControlKind.Stop:
                stopping = true;
                break;
            case StageControlKind.Retry or StageControlKind.Ignore or StageControlKind.Override:
                held = false;
                windowOverridden |= control.Kind == StageControlKind.Override;
                choice = control.Kind;
                break;
            case StageControlKind.SoakPassed or StageControlKind.SoakTimedOut:
                soakEnd = control.Kind;
                soakAccount = control.Account;
                break;
            case StageControlKind.Answered when control.ApprovalId is { } id:
                answers[id] = (control, context.CurrentUtcDateTime);
                break;
            case StageControlKind.EvidenceChanged when control.Evidence is { } evidence:
                TakeEvidence([evidence]);
                break;
            case StageControlKind.DocumentAttached when control.Document is { } document:
                TakeDocument(document);
                break;
            case StageControlKind.WatchEnded when control.Watched is { } name:
                watchedOn.Remove(name);
                break;
            case StageControlKind.Documented when control.Mark is { } mark:
                documented.Add(mark);
                break;
        }
    }

    private void Tell(RunSignal signal) => context.SendEvent(input.Rollout.RunId, OrchestrationNames.SignalEvent, signal);

    private void Enter(RunTrigger trigger, string because)
    {
        phase = (trigger, because);
        Tell(new RunSignal { Kind = RunSignalKind.PhaseEntered, From = context.InstanceId, Trigger = trigger, Message = because });
    }

    /// <summary>The one place where a stage pauses for a hold, and leaves when told to stop.</summary>
    private async Task PassHoldAsync()
    {
        await changed.Until(() => stopping || !held);
        if (stopping) throw new StageEndedException(StageOutcomeKind.Stopped, $"{stage.Name} was stopped");
    }

    /// <summary>Waits for something, and leaves when told to stop meanwhile.</summary>
    private async Task AwaitAsync(Func<bool> condition)
    {
        await changed.Until(() => stopping || condition());
        await PassHoldAsync();
    }

    /// <summary>Waits for a playbook span, and leaves when told to stop meanwhile. While the run is held, nothing goes on.</summary>
    private Task PauseAsync(TimeSpan span) => PauseAsync(span, over: () => false);

    /// <summary>As <see cref="PauseAsync(TimeSpan)"/>, or until something else ends the wait.</summary>
    private async Task PauseAsync(TimeSpan span, Func<bool> over)
    {
        if (span > TimeSpan.Zero)
        {
            using var noLonger = new CancellationTokenSource();
            var timer = context.CreateTimer(input.Clock.ToReal(span), noLonger.Token);
            await Task.WhenAny(timer, changed.Until(() => stopping || over()));
            if (!timer.IsCompleted) noLonger.Cancel();
        }

        await PassHoldAsync();
    }

    /// <summary>Waits for a playbook time, and leaves when told to stop meanwhile.</summary>
    private Task SleepUntilAsync(DateTimeOffset playbookTime) => PauseAsync(playbookTime - Now);

    /// <summary>Says that people must choose, and waits until they have.</summary>
    private Task<StageControlKind> AwaitChoiceAsync(string because, params RunVerb[] choices) => AwaitChoiceAsync(because, gate: null, choices);

    /// <summary>The same, where the roles that own a gate hear of it.</summary>
    private async Task<StageControlKind> AwaitChoiceAsync(string because, string? gate, params RunVerb[] choices)
    {
        choice = null;
        var owners = gate is null ? [] : playbook.OwnersOf(gate);
        var owned = owners.Count > 0 ? $" [owned by {string.Join(", ", owners)}]" : "";
        Tell(new RunSignal { Kind = RunSignalKind.Stuck, From = context.InstanceId, Message = because + owned, Choices = choices, Owners = gate is null ? [] : playbook.OwnedBy(gate) });
        await AwaitAsync(() => choice is not null);
        return choice!.Value;
    }

    private async Task<StepResult> RunStepAsync(Step step, string part)
    {
        await PassHoldAsync();
        var result = await runner.RunAsync(step, new StepPlace(stage.Name, input.Attempt, input.Epoch, part) { OpenedAt = input.OpenedAt, RolledBackAt = input.RolledBackAt }, Scope());
        outputs[step.Id] = result.Outputs;
        var status = new StepStatus { StepId = step.Id, Uses = step.Uses, Part = part, Verdict = result.Verdict, Message = result.Message };
        if (part != "steps") checks[$"{part} {step.Id}"] = status;
        TakeCheck(part, step.Id, result);
        Tell(new RunSignal { Kind = RunSignalKind.StepFinished, From = context.InstanceId, Message = result.Message, Step = status });
        return result;
    }

    private void TellProgress(Step step, StepPlace place, StepResult result) => Tell(new RunSignal
    {
        Kind = RunSignalKind.StepProgressed,
        From = context.InstanceId,
        Message = $"{step.Id}: {result.Message}",
        Step = new StepStatus { StepId = step.Id, Uses = step.Uses, Part = place.Part, Verdict = result.Verdict, Message = result.Message, Progress = result.Progress },
    });

    private ExpressionScope Scope() => new()
    {
        Inputs = input.Rollout.Inputs,
        Outputs = input.Outputs.Concat(outputs).GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => group.Last().Value),
        Run = RunValues.Of(input.Rollout, stage.Name, input.Attempt, input.Clock.Anchor, surface: stage.Surface),
    };
}
