using System.Text.Json;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>
/// The steps around a compensation: quiesce before it, recovery plays and verification after it. None of them stops
/// the rollback; what they came to is reported.
/// </summary>
internal sealed class RecoverySteps
{
    private const string QuiescePart = "before";

    private static readonly TimeSpan QuiesceLimit = TimeSpan.FromSeconds(60);

    private readonly TaskOrchestrationContext context;
    private readonly RollbackInput input;
    private readonly StepRunner runner;
    private readonly Dictionary<string, IReadOnlyDictionary<string, JsonElement>> outputs;
    private bool quiesceIsOver;

    public RecoverySteps(TaskOrchestrationContext context, RollbackInput input)
    {
        this.context = context;
        this.input = input;
        outputs = new(input.Outputs);
        runner = new StepRunner(context, input.Rollout, input.Clock, RefuseQuestionAsync);
    }

    public List<StepStatus> Finished { get; } = [];

    /// <summary>At most a minute: compensation matters more than a quiet system.</summary>
    public async Task QuiesceAsync()
    {
        if (input.Plan.Before.Count == 0) return;
        using var noLonger = new CancellationTokenSource();
        var limit = context.CreateTimer(context.CurrentUtcDateTime + QuiesceLimit, noLonger.Token);
        await Task.WhenAny(RunAllAsync(input.Plan.Before, QuiescePart), limit);
        if (!limit.IsCompleted) noLonger.Cancel();
        quiesceIsOver = true;
    }

    public async Task RecoverAsync()
    {
        await RunAllAsync(input.Plan.Steps, "recovery");
        await RunAllAsync(input.Plan.Verify, "verify");
    }

    private async Task RunAllAsync(IReadOnlyList<Step> steps, string part)
    {
        var scope = new ExpressionScope
        {
            Inputs = input.Rollout.Inputs,
            // Filled as the steps go on: later ones read what earlier ones found.
            Outputs = outputs,
            Run = RunValues.Of(input.Rollout, input.Stage, input.Attempt, input.Clock.Anchor, RunState.RollingBack, input.Cause, input.Surface),
        };
        foreach (var step in steps)
        {
            if (part == QuiescePart && quiesceIsOver) return;
            if (step.Surface is not null && input.Surface is not null && step.Surface != input.Surface) continue;
            // What a rollback does to recover stays: undoing it by a later one would bring back what it was for.
            var result = await runner.RunAsync(step with { Irreversible = true }, new StepPlace(input.Stage, input.Attempt, input.Epoch, part), scope);
            outputs[step.Id] = result.Outputs;
            Finished.Add(new StepStatus { StepId = step.Id, Uses = step.Uses, Part = part, Verdict = result.Verdict, Message = result.Message });
        }
    }

    private static Task<StepResult> RefuseQuestionAsync(Step step, PeopleQuestion question) => Task.FromResult(new StepResult
    {
        Verdict = StepVerdict.Errored,
        Message = $"{step.Id} asks people, which a rollback does not wait for",
    });
}
