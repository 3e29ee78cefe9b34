using System.Text.Json;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations.Tests.Superseding;

/// <summary>What stands in the way of taking over from an earlier run, and what is taken.</summary>
public sealed class TakeoverTests
{
    private static readonly Playbook Checkout = PlaybookLoader.Load("""
        apiVersion: rolloutworkflows/v1
        kind: Playbook
        metadata: { name: checkout }
        spec:
          inputs: { uses: { type: boolean, default: true } }
          metrics: { p95: { source: test, value: p95 }, share: { source: test, value: share } }
          guardrails: [ { metric: p95, interval: 1m, failureCondition: result > baseline * 1.2, baseline: { capture: before } } ]
          stages:
            - name: small
              steps:
                - { uses: metric/capture, with: { metrics: [p95, share], as: before } }
                - { uses: flag/rollout, with: { flag: checkout, percent: 10 } }
              criteria: [ { id: share, uses: metric/threshold, with: { metric: share, successCondition: result > 0 } } ]
              rollback: { to: start }
            - name: half
              steps: [ { uses: flag/rollout, if: inputs.uses, with: { flag: checkout, percent: "${{ steps.share.outputs.value }}" } } ]
              rollback: { to: start }
            - name: most
              steps: [ { uses: flag/rollout, with: { flag: checkout, percent: 80 } } ]
              rollback: { to: start }
        """, "checkout.yaml", StepCatalog.BuiltIn).Playbook!;

    [Theory]
    [InlineData(RunState.Soaking, "half", StageState.Promoted, "run-1 is Soaking; expected RolledBack or Aborted. First send it back (rollout rollback run-1) or end it where it stands (rollout abort run-1)")]
    [InlineData(RunState.RollingBack, "half", StageState.Promoted, "run-1 is RollingBack; expected RolledBack or Aborted. First send it back (rollout rollback run-1) or end it where it stands (rollout abort run-1)")]
    [InlineData(RunState.Succeeded, "half", StageState.Promoted, "run-1 has succeeded, so there is nothing to take over; start a run by itself")]
    [InlineData(RunState.RolledBack, "hlaf", StageState.Promoted, "checkout has no stage 'hlaf' to begin with; did you mean 'half'?; it has small, half, most")]
    [InlineData(RunState.RolledBack, "half", StageState.RolledBack, "stage small comes before half, and in run-1 it is RolledBack; expected Promoted. Begin with small or earlier")]
    [InlineData(RunState.Aborted, "half", StageState.Stopped, "stage small comes before half, and in run-1 it is Stopped; expected Promoted. Begin with small or earlier")]
    [InlineData(RunState.Aborted, "half", StageState.Ahead, "stage small comes before half, and in run-1 it is Ahead; expected Promoted. Begin with small or earlier")]
    public void Takeover_ThatCannotBe_IsRefusedWithWhatToDo(RunState state, string from, StageState small, string expected) =>
        Assert.Equal([expected], Plan(from, Earlier(state, small)).Obstacles);

    [Fact]
    public void Takeover_OfARunThatTheEngineEnded_IsRefused() =>
        Assert.Contains("terminated by an administrator", Assert.Single(Plan("half", Earlier() with { Failure = "terminated by an administrator" }).Obstacles), StringComparison.Ordinal);

    [Fact]
    public void Takeover_OfAnotherPlaybooksRun_IsRefused() =>
        Assert.Equal(["run-1 is a run of other, and a run of checkout cannot take over from it; start a run of other"], Plan("half", Earlier() with { Playbook = "other" }).Obstacles);

    [Fact]
    public void Takeover_AStageBeforeThatTheEarlierRunNeverHad_IsRefused() =>
        Assert.Equal(["stage half comes before most, and run-1 had no such stage; it had small. Begin with half or earlier"], Plan("most", Earlier() with { Stages = [Earlier().Stages[0]] }).Obstacles);

    [Fact]
    public void Takeover_AnOutputThatALaterStepNeedsWasNotLeft_IsRefused() =>
        Assert.Equal(["stage half, step flag-rollout-1 refers to steps.share.outputs.value, which run-1 has not left; take over from the stage that puts it out"],
            Plan("half", Earlier() with { Outputs = Left("other") }).Obstacles);

    [Fact]
    public void Takeover_AnOutputThatNoLaterStepNeeds_IsNeitherAskedForNorTaken()
    {
        var leftOut = Takeover.Plan(Checkout, new Dictionary<string, JsonElement> { ["uses"] = JsonSerializer.SerializeToElement(false) }, "half", Earlier() with { Outputs = Left("other") });
        var behind = Plan("most", Earlier());
        Assert.Empty(leftOut.Obstacles);
        Assert.Empty(behind.Obstacles);
        Assert.Empty(behind.Run.Outputs);
    }

    [Theory]
    [InlineData(RunState.RolledBack, StageState.Promoted)]
    [InlineData(RunState.Aborted, StageState.Promoted)]
    [InlineData(RunState.Aborted, StageState.TakenOver)]
    public void Takeover_ThatCanBe_TakesOutputsAndBaselinesThatAreStillNeeded(RunState state, StageState small)
    {
        var plan = Plan("half", Earlier(state, small));
        Assert.Empty(plan.Obstacles);
        Assert.Equal(("run-1", "half"), (plan.Run.RunId, plan.Run.FromStage));
        Assert.Equal(40, plan.Run.Outputs["share"]["value"].GetDouble());
        Assert.Equal([new TakenCapture("before", "p95")], plan.Run.Captures);
    }

    [Fact]
    public void Takeover_FromTheFirstStage_TakesNothing()
    {
        var plan = Plan("small", Earlier(RunState.RolledBack, StageState.RolledBack));
        Assert.Empty(plan.Obstacles);
        Assert.Empty(plan.Run.Captures);
        Assert.Equal(["small"], plan.Run.RolledBack);
    }

    private static TakeoverPlan Plan(string from, EarlierRun earlier) =>
        Takeover.Plan(Checkout, new Dictionary<string, JsonElement> { ["uses"] = JsonSerializer.SerializeToElement(true) }, from, earlier);

    private static EarlierRun Earlier(RunState state = RunState.Aborted, StageState small = StageState.Promoted) => new()
    {
        RunId = "run-1",
        Playbook = "checkout",
        State = state,
        Stages = [Stage("small", small), Stage("half", StageState.Promoted), Stage("most", StageState.Ahead)],
        Outputs = Left("share"),
    };

    private static StageStatus Stage(string name, StageState state) => new() { Name = name, State = state };

    private static Dictionary<string, IReadOnlyDictionary<string, IReadOnlyDictionary<string, JsonElement>>> Left(string step) => new()
    {
        ["small"] = new Dictionary<string, IReadOnlyDictionary<string, JsonElement>>
        {
            [step] = new Dictionary<string, JsonElement> { ["value"] = JsonSerializer.SerializeToElement(40) },
        },
    };
}
