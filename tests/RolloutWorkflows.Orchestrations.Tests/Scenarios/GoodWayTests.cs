using RolloutWorkflows.DurableTask.Worker;

namespace RolloutWorkflows.Orchestrations.Tests.Scenarios;

public sealed class GoodWayTests
{
    internal const string TwoStages = """
        apiVersion: rolloutworkflows/v1
        kind: Playbook
        metadata: { name: checkout, title: New checkout }
        spec:
          people:
            persons: { ada: { name: Ada }, bob: { name: Bob }, cyn: { name: Cyn } }
            groups: { captains: [ada, bob, cyn] }
          metrics:
            errors: { source: test, value: errors }
            happy: { source: test, value: happy }
          guardrails:
            - { metric: errors, interval: 1m, warningCondition: result > 2%, failureCondition: result > 5%, failureLimit: 2 }
          stages:
            - name: small
              steps: [ { uses: flag/rollout, with: { flag: checkout, percent: 10 } } ]
              soak: { for: 24h, atMost: 48h }
              criteria: [ { uses: metric/threshold, with: { metric: happy, successCondition: result >= 4.0 } } ]
              approval: { approvers: [ { group: captains } ], minApprovals: 1, timeout: 3d, onTimeout: hold }
              rollback: { to: start, objective: 1m }
            - name: all
              steps: [ { uses: flag/rollout, with: { flag: checkout, percent: 100 } } ]
              soak: { for: 3d }
              rollback: { to: start }
        """;

    [Theory]
    [InlineData(ReplayMode.Sticky)]
    [InlineData(ReplayMode.Always)]
    public async Task Rollout_EverythingGreenAndApproved_Succeeds(ReplayMode replay)
    {
        // Replaying from scratch on every turn costs the square of the ticks, of which there is one a minute, so soaks are shorter here.
        var playbook = TwoStages.Replace("for: 24h, atMost: 48h", "for: 1h, atMost: 2h", StringComparison.Ordinal).Replace("for: 3d", "for: 2h", StringComparison.Ordinal);
        await using var run = await RolloutScenario.GivenAsync(playbook, replay, AllGreen);
        await run.ThenStateIsAsync(RunState.Soaking);
        Assert.Equal(10, await run.PercentAsync("checkout"));

        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(65));
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        Assert.Equal(10, await run.PercentAsync("checkout"));

        await run.WhenAsync(RunVerb.Approve, "bob", "looks good");
        await run.ThenStateIsAsync(RunState.Soaking);
        Assert.Equal(100, await run.PercentAsync("checkout"));

        await run.WhenTimePassesAsync(TimeSpan.FromHours(3));
        await run.ThenStateIsAsync(RunState.Succeeded);
        Assert.All((await run.StatusAsync()).Stages, stage => Assert.Equal(StageState.Promoted, stage.State));
    }

    [Fact]
    public async Task Rollout_ServerRestartsAtEveryPause_LosesNothingAndRepeatsNothing()
    {
        await using var run = await RolloutScenario.GivenAsync(TwoStages, metrics: AllGreen);
        await run.WhenTheServerRestartsAsync();
        await run.WhenTimePassesAsync(TimeSpan.FromHours(12));
        await run.WhenTheServerRestartsAsync();
        await run.WhenTimePassesAsync(TimeSpan.FromHours(13));
        await run.WhenTheServerRestartsAsync();
        await run.WhenAsync(RunVerb.Approve, "bob");
        await run.WhenTheServerRestartsAsync();
        await run.WhenTimePassesAsync(TimeSpan.FromDays(4));
        await run.ThenStateIsAsync(RunState.Succeeded);
        Assert.Equal(2, (await run.Flags.AuditAsync("checkout")).Count);
        var started = (await run.RecordAsync()).Where(entry => entry.Kind is RunLogKind.StageOpened or RunLogKind.StagePromoted).Select(entry => entry.Message);
        Assert.Equal(["stage small opened", "stage small promoted", "stage all opened", "stage all promoted"], started);
    }

    [Fact]
    public async Task Soak_ABadMinuteWithinItsLimit_TakesAsMuchLonger()
    {
        await using var run = await RolloutScenario.GivenAsync(TwoStages, metrics: AllGreen);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(10));
        var badFrom = run.Now;
        run.Metrics.Say("errors", now => MetricReading.Of(now > badFrom && now <= badFrom.AddMinutes(1) ? 0.2 : 0.001));
        await run.WhenTimePassesAsync(TimeSpan.FromHours(16));
        await run.ThenStateIsAsync(RunState.Soaking);
        Assert.Equal(1, (await run.SoakAsync("small")).Resets);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(9));
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
    }

    [Fact]
    public async Task Criteria_NotMetAtFirst_AreMeasuredAgainUntilTheyAre()
    {
        await using var run = await RolloutScenario.GivenAsync(TwoStages, metrics: script =>
        {
            AllGreen(script);
            script.Say("happy", _ => MetricReading.Of(3.9));
        });
        await run.WhenTimePassesAsync(TimeSpan.FromHours(30));
        await run.ThenStateIsAsync(RunState.Soaking);
        run.Metrics.Say("happy", _ => MetricReading.Of(4.2));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(6));
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
    }

    [Fact]
    public async Task Criteria_NeverMet_HoldsAtTheDeadline()
    {
        await using var run = await RolloutScenario.GivenAsync(TwoStages, metrics: script =>
        {
            AllGreen(script);
            script.Say("happy", _ => MetricReading.Of(3.9));
        });
        await run.WhenTimePassesAsync(TimeSpan.FromHours(49));
        await run.ThenStateIsAsync(RunState.Holding);
        Assert.Equal(10, await run.PercentAsync("checkout"));
    }

    [Fact]
    public async Task Stage_BeforeTheFirstEffect_IsPromotedWithoutMeasuring()
    {
        // Nobody has the feature yet, so nothing that is measured about it has a value.
        var playbook = TwoStages.Replace("  stages:\n", "  stages:\n    - name: preparation\n      ready: [ { uses: manual/confirm, with: { prompt: Ready?, approvers: [ { group: captains } ] } } ]\n", StringComparison.Ordinal);
        await using var run = await RolloutScenario.GivenAsync(playbook, metrics: script =>
        {
            AllGreen(script);
            script.Say("errors", _ => MetricReading.NoData("nobody has it"));
        });

        await run.WhenAsync(RunVerb.Approve, "bob");

        Assert.Equal(StageState.Promoted, (await run.StatusAsync()).Stages[0].State);
        Assert.Equal(10, await run.PercentAsync("checkout"));
    }

    internal static void AllGreen(ScriptedMetrics script)
    {
        script.Say("errors", _ => MetricReading.Of(0.001));
        script.Say("happy", _ => MetricReading.Of(4.5));
    }
}
