using RolloutWorkflows.DurableTask.Worker;

namespace RolloutWorkflows.Orchestrations.Tests.Scenarios;

/// <summary>A fixed and restarted release: a new run takes over from an earlier one at a stage, with new inputs, preflight and approvals again.</summary>
public sealed class SupersedingTests
{
    private const string Playbook = """
        apiVersion: rolloutworkflows/v1
        kind: Playbook
        metadata: { name: checkout }
        spec:
          people:
            persons: { ada: { name: Ada }, bob: { name: Bob }, cyn: { name: Cyn } }
            groups: { captains: [ada, bob, cyn] }
          inputs: { last: { type: number, default: 80 } }
          metrics: { errors: { source: test, value: errors }, p95: { source: test, value: p95 }, share: { source: test, value: share } }
          guardrails:
            - { metric: errors, interval: 1m, failureCondition: result > 5% }
            - { metric: p95, interval: 1m, failureCondition: result > baseline * 1.2, baseline: { capture: before } }
          preflight: [ { id: calm, uses: metric/threshold, with: { metric: errors, successCondition: result < 5% } } ]
          stages:
            - name: small
              steps:
                - { uses: metric/capture, with: { metrics: [p95], as: before } }
                - { uses: flag/rollout, with: { flag: checkout, percent: 10 } }
              soak: { for: 1h }
              criteria: [ { id: share, uses: metric/threshold, with: { metric: share, successCondition: result > 0 } } ]
              approval: { approvers: [ { group: captains } ], minApprovals: 1 }
              rollback: { to: stage-start }
            - name: half
              steps: [ { uses: flag/rollout, with: { flag: checkout, percent: "${{ steps.share.outputs.value }}" } } ]
              soak: { for: 1h }
              rollback: { to: stage-start, objective: 1m }
            - name: most
              steps: [ { uses: flag/rollout, with: { flag: checkout, percent: "${{ inputs.last }}" } } ]
              soak: { for: 1h }
              rollback: { to: start }
        """;

    private static readonly string Fixed = Playbook.Replace("default: 80", "default: 90", StringComparison.Ordinal);

    [Theory]
    [InlineData(ReplayMode.Sticky)]
    [InlineData(ReplayMode.Always)]
    public async Task RolledBackRun_Superseded_GoesOnFromTheStageWithNewInputsPreflightAndApprovals(ReplayMode replay)
    {
        await using var run = await RolledBackAsync(replay);
        Assert.Equal(10, await run.PercentAsync("checkout"));

        run.Metrics.Say("share", _ => MetricReading.Of(99));
        await run.WhenSupersededAsync(Fixed, "half");
        var earlier = await run.StatusAsync(RolloutScenario.RunId);
        Assert.Equal((RunState.Aborted, "run-2"), (earlier.State, earlier.SupersededBy));
        Assert.Contains(await run.RecordAsync(RolloutScenario.RunId), entry => entry.Message == "run-2 takes over from half on");
        Assert.Contains(await run.RecordAsync(), entry => entry.Message == "takes over from run-1, beginning with half; taken over as promoted there: small");

        // What was approved at the end of small were the steps of half, as the earlier run had them.
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        var status = await run.StatusAsync();
        Assert.Equal("run-1", status.Supersedes);
        Assert.Equal([StageState.TakenOver, StageState.Open, StageState.Ahead], status.Stages.Select(stage => stage.State));
        Assert.StartsWith("Open half? Its steps: flag/rollout", status.OpenApprovals.Single().Prompt, StringComparison.Ordinal);
        Assert.Contains(await run.RecordAsync(), entry => entry.Message.StartsWith("preflight calm", StringComparison.Ordinal));
        Assert.Equal(10, await run.PercentAsync("checkout"));

        await run.WhenAsync(RunVerb.Approve, "bob");
        Assert.Equal(40, await run.PercentAsync("checkout"));
        await run.WhenTheServerRestartsAsync();
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(65));
        Assert.Equal(90, await run.PercentAsync("checkout"));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(65));
        await run.ThenStateIsAsync(RunState.Succeeded);
        Assert.Equal([StageState.TakenOver, StageState.Promoted, StageState.Promoted], (await run.StatusAsync()).Stages.Select(stage => stage.State));
    }

    [Fact]
    public async Task NewRun_RolledBackToItsStart_RestoresWhatItChangedAndNothingOfTheEarlierRun()
    {
        await using var run = await RolledBackAsync();
        await run.WhenSupersededAsync(Fixed, "half");
        await run.WhenAsync(RunVerb.Approve, "bob");
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(65));
        Assert.Equal(90, await run.PercentAsync("checkout"));

        run.Metrics.Say("errors", _ => MetricReading.Of(0.2));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(2));
        await run.ThenStateIsAsync(RunState.RolledBack);
        Assert.Equal(10, await run.PercentAsync("checkout"));
        Assert.Equal([StageState.TakenOver, StageState.RolledBack, StageState.RolledBack], (await run.StatusAsync()).Stages.Select(stage => stage.State));

        run.Metrics.Say("errors", _ => MetricReading.Of(0.001));
        await run.WhenAsync(RunVerb.Retry, "cyn");
        Assert.Equal("half", (await run.StatusAsync()).Stage);
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
    }

    [Fact]
    public async Task NewRun_RolledBackToAStageThatItTookOver_GoesBackToItsOwnStart()
    {
        await using var run = await RolledBackAsync();
        await run.WhenSupersededAsync(Fixed.Replace("rollback: { to: start }", "rollback: { to: { stage: small } }", StringComparison.Ordinal), "half");
        await run.WhenAsync(RunVerb.Approve, "bob");
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(65));
        Assert.Equal(90, await run.PercentAsync("checkout"));
        await run.WhenAsync(RunVerb.Rollback, "cyn");
        Assert.Equal(10, await run.PercentAsync("checkout"));
        await run.WhenAsync(RunVerb.Rollback, "cyn", "all the way");
        Assert.Equal(10, await run.PercentAsync("checkout"));
        Assert.Equal(StageState.TakenOver, (await run.StatusAsync()).Stages[0].State);
    }

    [Fact]
    public async Task NewRun_CommandedBackBeforeItsFirstStageOpens_ChangesNothing()
    {
        await using var run = await RolledBackAsync();
        await run.WhenSupersededAsync(Fixed.Replace("  inputs:", "  owner: bob\n  inputs:", StringComparison.Ordinal), "half");
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        Assert.Contains("do you, as its owner, want it to begin with half", (await run.StatusAsync()).OpenApprovals.Single().Prompt, StringComparison.OrdinalIgnoreCase);
        await run.WhenAsync(RunVerb.Rollback, "cyn");
        await run.ThenStateIsAsync(RunState.RolledBack);
        Assert.Equal(10, await run.PercentAsync("checkout"));
        await run.WhenAsync(RunVerb.Abort, "cyn");
        await run.ThenStateIsAsync(RunState.Aborted);
    }

    [Fact]
    public async Task BaselineCapturedInAStageTakenOver_IsComparedWith()
    {
        await using var run = await RolledBackAsync();
        run.Metrics.Say("p95", _ => MetricReading.Of(119));
        await run.WhenSupersededAsync(Fixed, "half");
        await run.WhenAsync(RunVerb.Approve, "bob");
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(5));
        await run.ThenStateIsAsync(RunState.Soaking);
        run.Metrics.Say("p95", _ => MetricReading.Of(121));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(2));
        await run.ThenStateIsAsync(RunState.RolledBack);
        Assert.Contains("baseline 100", (await run.StatusAsync()).Rollback!.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StageRolledBackInTheEarlierRun_AsksItsRetryApproval()
    {
        var guarded = Playbook.Replace("    - name: half\n", "    - name: half\n      retry: { approval: { approvers: [ { person: cyn } ], minApprovals: 1 } }\n", StringComparison.Ordinal);
        await using var run = await RolledBackAsync(playbook: guarded);
        await run.WhenSupersededAsync(guarded, "half");
        var open = (await run.StatusAsync()).OpenApprovals;
        Assert.Equal(2, open.Count);
        await run.WhenAsync(RunVerb.Approve, "cyn", approvalId: open.Single(question => question.Prompt.StartsWith("Open half?", StringComparison.Ordinal)).ApprovalId);
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        Assert.StartsWith("half was rolled back. Try it again?", (await run.StatusAsync()).OpenApprovals.Single().Prompt, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AbortedRun_Superseded_KeepsWhatStandsAndIsLinked()
    {
        await using var run = await InHalfAsync();
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(65));
        Assert.Equal(80, await run.PercentAsync("checkout"));
        await run.WhenAsync(RunVerb.Abort, "cyn", "a fix is coming");
        await run.WhenSupersededAsync(Fixed, "most");
        await run.ThenStateIsAsync(RunState.Soaking);
        Assert.Equal(90, await run.PercentAsync("checkout"));
        Assert.Contains(await run.RecordAsync(RolloutScenario.RunId), entry => entry is { Kind: RunLogKind.Superseded, Message: "run-2 takes over from most on" });
        Assert.Equal([StageState.TakenOver, StageState.TakenOver, StageState.Open], (await run.StatusAsync()).Stages.Select(stage => stage.State));

        // Its own first change found what the earlier run had left in place.
        await run.WhenAsync(RunVerb.Rollback, "cyn");
        Assert.Equal(80, await run.PercentAsync("checkout"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Abort_ToBeSuperseded_IsTakenOnlyWhileTheRunStandsRolledBack(bool isRolledBack)
    {
        await using var run = await InHalfAsync();
        if (isRolledBack) await run.WhenAsync(RunVerb.Rollback, "cyn");
        var answer = await run.WhenAsync(RunVerb.Abort, "ada", supersededBy: "run-2");
        Assert.Equal(isRolledBack ? RunLogKind.CommandAccepted : RunLogKind.CommandRefused, answer.Kind);
        await run.ThenStateIsAsync(isRolledBack ? RunState.Aborted : RunState.Soaking);
        if (!isRolledBack) Assert.Contains("expected RolledBack", answer.Message, StringComparison.Ordinal);
    }

    private static async Task<RolloutScenario> RolledBackAsync(ReplayMode replay = ReplayMode.Sticky, string playbook = Playbook)
    {
        var run = await InHalfAsync(replay, playbook);
        await run.WhenAsync(RunVerb.Rollback, "cyn", "broken");
        await run.ThenStateIsAsync(RunState.RolledBack);
        return run;
    }

    private static async Task<RolloutScenario> InHalfAsync(ReplayMode replay = ReplayMode.Sticky, string playbook = Playbook)
    {
        var run = await RolloutScenario.GivenAsync(playbook, replay, script =>
        {
            script.Say("errors", _ => MetricReading.Of(0.001));
            script.Say("p95", _ => MetricReading.Of(100));
            script.Say("share", _ => MetricReading.Of(40));
        });
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(65));
        await run.WhenAsync(RunVerb.Approve, "bob");
        await run.ThenStateIsAsync(RunState.Soaking);
        Assert.Equal(40, await run.PercentAsync("checkout"));
        return run;
    }
}
