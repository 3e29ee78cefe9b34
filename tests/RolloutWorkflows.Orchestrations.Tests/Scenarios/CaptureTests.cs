using RolloutWorkflows.DurableTask.Worker;

namespace RolloutWorkflows.Orchestrations.Tests.Scenarios;

/// <summary>Baselines that a run measures before it acts, on virtual time.</summary>
public sealed class CaptureTests
{
    private const string Captured = """
        apiVersion: rolloutworkflows/v1
        kind: Playbook
        metadata: { name: checkout }
        spec:
          metrics: { p95: { source: test, value: p95 } }
          guardrails: [ { metric: p95, interval: 1m, failureCondition: result > baseline * 1.2, baseline: { capture: before } } ]
          stages:
            - name: small
              steps:
                - { uses: metric/capture, with: { metrics: [p95], over: 1h, as: before } }
                - { uses: flag/rollout, with: { flag: checkout, percent: 10 } }
              soak: { for: 2h }
              criteria: [ { uses: metric/threshold, with: { metric: p95, successCondition: result <= baseline, baseline: { capture: before } } } ]
              rollback: { to: start }
        """;

    [Theory]
    [InlineData(ReplayMode.Sticky)]
    [InlineData(ReplayMode.Always)]
    public async Task Capture_OverAnHour_IsTheMeanAndOpensTheStageAfterwards(ReplayMode replay)
    {
        DateTimeOffset? started = null;
        await using var run = await RolloutScenario.GivenAsync(Captured, replay, script => script.Say("p95", at =>
        {
            started ??= at;
            return MetricReading.Of(at - started < TimeSpan.FromMinutes(30) ? 80 : at - started <= TimeSpan.FromHours(1) ? 120 : 100);
        }));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(59));
        Assert.Null(await run.PercentAsync("checkout"));
        await run.ThenStateIsAsync(RunState.Acting);

        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(1));
        await run.ThenStateIsAsync(RunState.Soaking);
        Assert.Equal(10, await run.PercentAsync("checkout"));
        var told = (await run.RecordAsync()).Single(entry => entry.Message.Contains("Kept as 'before'", StringComparison.Ordinal)).Message;
        Assert.Contains("the mean of 61 measurements: p95 100.327869.", told, StringComparison.Ordinal);

        await run.WhenTimePassesAsync(TimeSpan.FromHours(3));
        await run.ThenStateIsAsync(RunState.Succeeded);
    }

    [Fact]
    public async Task Guardrail_WorseThanItsCapture_RollsBack()
    {
        await using var run = await RolloutScenario.GivenAsync(Captured, metrics: script => script.Say("p95", _ => MetricReading.Of(100)));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(70));
        run.Metrics.Say("p95", _ => MetricReading.Of(119));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(5));
        await run.ThenStateIsAsync(RunState.Soaking);
        run.Metrics.Say("p95", _ => MetricReading.Of(121));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(2));
        await run.ThenStateIsAsync(RunState.RolledBack);
        Assert.Contains("baseline 100", (await run.StatusAsync()).Rollback!.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guardrail_CaptureOfZero_IsInconclusiveAndHolds()
    {
        await using var run = await RolloutScenario.GivenAsync(Captured, metrics: script => script.Say("p95", _ => MetricReading.Of(0)));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(70));
        await run.ThenStateIsAsync(RunState.Holding);
        Assert.Equal(10, await run.PercentAsync("checkout"));
        Assert.Contains((await run.RecordAsync()), entry => entry.Message.Contains("nothing can be compared with", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Capture_WithoutValues_AsksPeopleAndChangesNothing()
    {
        await using var run = await RolloutScenario.GivenAsync(Captured, metrics: script => script.Say("p95", _ => MetricReading.NoData("no traffic")));
        await run.WhenTimePassesAsync(TimeSpan.FromHours(1));
        await run.ThenStateIsAsync(RunState.Holding);
        Assert.Contains("only 0 of 61 measurements had a value", (await run.StatusAsync()).Because, StringComparison.Ordinal);
        Assert.Null(await run.PercentAsync("checkout"));
    }

    [Fact]
    public async Task Capture_ServerRestartsAndPeopleRollBackMeanwhile_EndsAtOnce()
    {
        await using var run = await RolloutScenario.GivenAsync(Captured, metrics: script => script.Say("p95", _ => MetricReading.Of(100)));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(20));
        await run.WhenTheServerRestartsAsync();
        await run.WhenAsync(RunVerb.Rollback, "cyn", "not today");
        await run.ThenStateIsAsync(RunState.RolledBack);
        var asked = run.Metrics.Asked;

        await run.WhenTimePassesAsync(TimeSpan.FromHours(2));

        Assert.Equal(asked, run.Metrics.Asked);
        Assert.Null(await run.PercentAsync("checkout"));
    }
}
