using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Activities;
using RolloutWorkflows.DurableTask.Worker;

namespace RolloutWorkflows.Orchestrations.Tests.Scenarios;

/// <summary>A stage that is watched while the next one is carried out, and the watch after the last promotion.</summary>
public sealed class WatchedStageTests
{
    private const string Playbook = """
        apiVersion: rolloutworkflows/v1
        kind: Playbook
        metadata: { name: gates, title: Gates }
        spec:
          metrics:
            errors: { source: test, value: errors }
            forks: { source: test, value: forks }
            lag: { source: test, value: lag }
          guardrails:
            - { metric: errors, interval: 1m, failureCondition: result > 5% }
          stages:
            - name: canary
              steps: [ { uses: flag/rollout, with: { flag: canary, percent: 10 } } ]
              guardrails: [ { metric: forks, interval: 1m, failureCondition: result > 0 } ]
              soak: { for: 6h, watch: true }
            - name: all
              steps: [ { uses: flag/rollout, with: { flag: all, percent: 100 } } ]
              guardrails: [ { metric: lag, interval: 1m, failureCondition: result > 9 } ]
              soak: { for: 2h }
        """;

    private const string WithWatch = "spec:\n  watch: { for: 24h }\n";

    [Theory]
    [InlineData(ReplayMode.Sticky)]
    [InlineData(ReplayMode.Always)]
    public async Task SoakWatch_NextStage_DoesNotWaitForItButTheRunDoes(ReplayMode replay)
    {
        var playbook = Playbook.Replace("6h", "50m", StringComparison.Ordinal).Replace("2h", "20m", StringComparison.Ordinal);
        await using var run = await RolloutScenario.GivenAsync(playbook, replay, Green);
        await run.ThenStateIsAsync(RunState.Soaking);
        Assert.Equal((10d, 100d), (await run.PercentAsync("canary"), await run.PercentAsync("all")));
        Assert.Equal((StageState.Promoted, true), (await run.StatusAsync()).Stages[0] is var canary ? (canary.State, canary.IsWatched) : default);

        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(30));
        await run.ThenStateIsAsync(RunState.Soaking);
        Assert.All((await run.StatusAsync()).Stages, stage => Assert.Equal(StageState.Promoted, stage.State));
        Assert.Contains("watching canary to the end of its soak", (await run.StatusAsync()).Because, StringComparison.Ordinal);

        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(21));
        await run.ThenStateIsAsync(RunState.Succeeded);
        Assert.Contains(await run.RecordAsync(), entry => entry.Stage == "canary" && entry.Message == "the watch of canary is over: soaked for 50m of clean time");
    }

    [Fact]
    public async Task SoakWatch_ItsGuardrailBreachesWhileALaterStageSoaks_TakesBackBoth()
    {
        await using var run = await RolloutScenario.GivenAsync(Playbook, metrics: Green);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(1));
        await run.WhenTheServerRestartsAsync();
        run.Metrics.Say("forks", _ => MetricReading.Of(1));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(2));

        await run.ThenStateIsAsync(RunState.RolledBack);
        Assert.Equal((0d, 0d), (await run.PercentAsync("canary") ?? 0, await run.PercentAsync("all") ?? 0));
        Assert.All((await run.StatusAsync()).Stages, stage => Assert.Equal((StageState.RolledBack, false), (stage.State, stage.IsWatched)));
        Assert.StartsWith("guardrail forks", (await run.StatusAsync()).Rollback!.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SoakWatch_ItsGuardrailBreachesAfterItsSoak_SaysNothingMore()
    {
        await using var run = await RolloutScenario.GivenAsync(Playbook.Replace("2h", "12h", StringComparison.Ordinal), metrics: Green);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(6) + TimeSpan.FromMinutes(1));
        run.Metrics.Say("forks", _ => MetricReading.Of(1));
        await run.WhenTimePassesAsync(TimeSpan.FromHours(1));
        await run.ThenStateIsAsync(RunState.Soaking);
        Assert.False((await run.StatusAsync()).Stages[0].IsWatched);
    }

    [Fact]
    public async Task SoakWatch_TheRunsGuardrailBreaches_IsToldOnceAndGoesBackFromTheLaterStage()
    {
        await using var run = await RolloutScenario.GivenAsync(Playbook, metrics: Green);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(1));
        run.Metrics.Say("errors", _ => MetricReading.Of(0.5));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(1));

        await run.ThenStateIsAsync(RunState.RolledBack);
        Assert.Equal((10d, 0d), (await run.PercentAsync("canary"), await run.PercentAsync("all") ?? 0));
        Assert.Single(await run.RecordAsync(), entry => entry.Kind == RunLogKind.GuardrailSpoke);
        run.Metrics.Say("errors", _ => MetricReading.Of(0));
        Assert.True((await run.StatusAsync()).Stages[0].IsWatched);

        run.Metrics.Say("forks", _ => MetricReading.Of(1));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(2));
        Assert.Contains("since then: guardrail forks", (await run.StatusAsync()).Because, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SoakWatch_ItsGuardrailIsRedWhenALaterStageWouldBePromoted_HoldsThatPromotion()
    {
        var playbook = Playbook.Replace("failureCondition: result > 0 }", "failureCondition: result > 0, failureLimit: 1000 }", StringComparison.Ordinal);
        await using var run = await RolloutScenario.GivenAsync(playbook, metrics: Green);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(1));
        run.Metrics.Say("forks", _ => MetricReading.Of(1));
        await run.WhenTimePassesAsync(TimeSpan.FromHours(2));
        await run.ThenStateIsAsync(RunState.Holding);
        Assert.Contains("all is not promoted, since forks is Failed", (await run.StatusAsync()).Because, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SoakWatch_NotCleanByAtMost_Holds()
    {
        var playbook = Playbook.Replace("failureCondition: result > 0 }", "failureCondition: result > 0, failureLimit: 100000 }", StringComparison.Ordinal);
        await using var run = await RolloutScenario.GivenAsync(playbook.Replace("soak: { for: 2h }", "soak: { for: 2d }", StringComparison.Ordinal), metrics: Green);
        run.Metrics.Say("forks", _ => MetricReading.Of(1));
        await run.WhenTimePassesAsync(TimeSpan.FromHours(12) + TimeSpan.FromMinutes(2));
        await run.ThenStateIsAsync(RunState.Holding);
        Assert.Contains("canary was watched: the soak did not pass within 12h", (await run.StatusAsync()).Because, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SoakWatch_ItsWatchBreaks_HoldsAndMeasuresAgainAfterRetry()
    {
        await using var run = await RolloutScenario.GivenAsync(Playbook, metrics: Green);
        await run.WhenTerminatedAsync(OrchestrationNames.SoakInstance(RolloutScenario.RunId, "canary", 1));
        await run.ThenStateIsAsync(RunState.Holding);
        Assert.Contains("nobody measures the guardrails of canary any more", (await run.StatusAsync()).Because, StringComparison.Ordinal);

        await run.WhenAsync(RunVerb.Retry, "ada");
        await run.ThenStateIsAsync(RunState.Soaking);
        run.Metrics.Say("forks", _ => MetricReading.Of(1));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(2));
        await run.ThenStateIsAsync(RunState.RolledBack);
    }

    [Fact]
    public async Task Watch_AfterTheLastPromotion_GuardsOnWithTheLastStagesGuardrailsAndThenSucceeds()
    {
        await using var run = await RolloutScenario.GivenAsync(Playbook.Replace("spec:\n", WithWatch, StringComparison.Ordinal), metrics: Green);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(3));
        await run.ThenStateIsAsync(RunState.Soaking);
        Assert.All((await run.StatusAsync()).Stages, stage => Assert.Equal(StageState.Promoted, stage.State));

        await run.WhenTimePassesAsync(TimeSpan.FromHours(20));
        await run.ThenStateIsAsync(RunState.Soaking);
        var rows = await run.Host.Services.GetRequiredService<IMeasurementStore>().ReadAsync(new MeasurementQuery { RunId = RolloutScenario.RunId, Guardrail = "lag", Limit = 100_000 });
        Assert.True(rows[^1].GridTime > run.Now - TimeSpan.FromMinutes(2));

        await run.WhenTimePassesAsync(TimeSpan.FromHours(4));
        await run.ThenStateIsAsync(RunState.Succeeded);
    }

    [Theory]
    [InlineData("errors")]
    [InlineData("lag")]
    public async Task Watch_AGuardrailBreachesAfterTheLastPromotion_RollsTheLastStageBack(string metric)
    {
        await using var run = await RolloutScenario.GivenAsync(Playbook.Replace("spec:\n", WithWatch, StringComparison.Ordinal), metrics: Green);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(12));
        run.Metrics.Say(metric, _ => MetricReading.Of(100));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(2));
        await run.ThenStateIsAsync(RunState.RolledBack);
        Assert.Equal(0, await run.PercentAsync("all") ?? 0);
    }

    private static void Green(ScriptedMetrics metrics)
    {
        foreach (var metric in new[] { "errors", "forks", "lag" }) metrics.Say(metric, _ => MetricReading.Of(0));
    }
}
