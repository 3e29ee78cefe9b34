using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Activities;
using RolloutWorkflows.DurableTask.Worker;

namespace RolloutWorkflows.Orchestrations.Tests.Scenarios;

/// <summary>A chain whose epochs are finalized each hour decides how long a stage soaks.</summary>
public sealed class CountedSoakTests
{
    private const string Playbook = """
        apiVersion: rolloutworkflows/v1
        kind: Playbook
        metadata: { name: chain, title: Chain }
        spec:
          people:
            persons: { ada: { name: Ada }, bob: { name: Bob } }
            groups: { captains: [ada, bob] }
          metrics:
            errors: { source: test, value: errors }
            epochs: { source: test, value: epochs }
          guardrails:
            - { metric: errors, interval: 1m, failureCondition: result > 5%, failureLimit: 2 }
          stages:
            - name: canary
              steps: [ { uses: flag/rollout, with: { flag: gates, percent: 10 } } ]
              soak: { count: [ { metric: epochs, increase: 10 } ], atMost: 2d }
              approval: { approvers: [ { group: captains } ], minApprovals: 1 }
              rollback: { to: start }
            - name: all
              steps: [ { uses: flag/rollout, with: { flag: gates, percent: 100 } } ]
              soak: { for: 1h }
              rollback: { to: start }
        """;

    [Theory]
    [InlineData(ReplayMode.Sticky)]
    [InlineData(ReplayMode.Always)]
    public async Task Count_RisenFarEnough_OpensWhatFollows(ReplayMode replay)
    {
        await using var run = await RolloutScenario.GivenAsync(Playbook.Replace("increase: 10", "increase: 2", StringComparison.Ordinal), replay, metrics => Chain(metrics));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(115));
        await run.ThenStateIsAsync(RunState.Soaking);
        var count = Assert.Single((await run.SoakAsync("canary")).Counts);
        Assert.Equal((2d, 1d, 100d, 101d), (count.Needed, count.Counted, count.Start, count.Value));

        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(5));

        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        Assert.Contains(await run.RecordAsync(), entry => entry.Kind == RunLogKind.SoakFinished && entry.Message == "soaked until epochs rose by 2 (100 to 102)");
        Assert.Contains(await run.RecordAsync(), entry => entry.Kind == RunLogKind.SoakStarted && entry.Message == "canary soaks until epochs has risen by 2");
        var asked = Assert.Single((await run.StatusAsync()).OpenApprovals);
        Assert.Contains("Soak: 2 of 2 epochs", DecisionPackText.Of(asked.Prompt, asked.Subject, asked.Pack).Lines);
    }

    [Fact]
    public async Task Count_ServerStopsInItsMiddleAndGoesOnAsNew_KeepsWhatItCountedFrom()
    {
        await using var run = await RolloutScenario.GivenAsync(Playbook, metrics: metrics => Chain(metrics));
        for (var hours = 0; hours < 9; hours += 3)
        {
            await run.WhenTimePassesAsync(TimeSpan.FromHours(3));
            await run.WhenTheServerRestartsAsync();
        }

        await run.ThenStateIsAsync(RunState.Soaking);
        var count = Assert.Single((await run.SoakAsync("canary")).Counts);
        Assert.Equal((9d, 0d, 100d), (count.Counted, count.Lost, count.Start));
        await run.WhenTimePassesAsync(TimeSpan.FromHours(1));
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
    }

    [Fact]
    public async Task Count_GuardrailFailsWithinItsLimit_CountsFromTheValueAtTheBreach()
    {
        await using var run = await RolloutScenario.GivenAsync(Playbook, metrics: metrics => Chain(metrics));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(330));
        run.Metrics.Say("errors", _ => MetricReading.Of(0.2));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(1));
        run.Metrics.Say("errors", _ => MetricReading.Of(0));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(40));

        var soak = await run.SoakAsync("canary");
        var count = Assert.Single(soak.Counts);
        Assert.Equal((1d, 5d, 105d, 1), (count.Counted, count.Lost, count.Start, soak.Resets));
    }

    [Fact]
    public async Task Count_CounterFallsBack_IsInconclusiveAndGoesOnFromThere()
    {
        await using var run = await RolloutScenario.GivenAsync(Playbook, metrics: metrics => Chain(metrics));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(330));
        Chain(run.Metrics, first: 0);
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(10));

        Assert.Contains(await run.RecordAsync(), entry => entry.Kind == RunLogKind.SoakBreached && entry.Message == "soak.count epochs: the counter fell from 105 to 0; the soak's clock does not count this interval");
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(65));
        Assert.Equal(6, Assert.Single((await run.SoakAsync("canary")).Counts).Counted);
    }

    [Fact]
    public async Task Count_CounterCannotBeRead_IsNoDataIsToldAndNeverPassesForIt()
    {
        await using var run = await RolloutScenario.GivenAsync(Playbook, metrics: metrics => Chain(metrics));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(330));
        run.Metrics.Say("epochs", _ => MetricReading.Error("connection refused"));
        await run.WhenTimePassesAsync(TimeSpan.FromHours(12));

        await run.ThenStateIsAsync(RunState.Soaking);
        var count = Assert.Single((await run.SoakAsync("canary")).Counts);
        Assert.Equal(5, count.Counted);
        Assert.Contains("connection refused", count.Problem, StringComparison.Ordinal);
        Assert.Contains("5 of 10 epochs, 5 to go", Assert.Single(SoakText.InFull([count])), StringComparison.Ordinal);
        Assert.Single(await run.RecordAsync(), entry => entry.Kind == RunLogKind.GuardrailSpoke && entry.Message.Contains("no data 6 times in a row", StringComparison.Ordinal));
        var rows = await run.Host.Services.GetRequiredService<IMeasurementStore>().ReadAsync(new MeasurementQuery { RunId = RolloutScenario.RunId, Guardrail = "soak.count epochs", Limit = 10_000 });
        Assert.Equal(MeasurementVerdict.NoData, rows[^1].Measurement.Verdict);
    }

    [Theory]
    [InlineData("hold", RunState.Holding)]
    [InlineData("rollback", RunState.RolledBack)]
    public async Task Count_NotRisenByAtMost_DoesWhatOnTimeoutSays(string onTimeout, RunState expected)
    {
        var playbook = Playbook.Replace("atMost: 2d", $"atMost: 8h, onTimeout: {onTimeout}", StringComparison.Ordinal);
        await using var run = await RolloutScenario.GivenAsync(playbook, metrics: metrics => Chain(metrics));
        await run.WhenTimePassesAsync(TimeSpan.FromHours(8) + TimeSpan.FromMinutes(2));
        await run.ThenStateIsAsync(expected);
        Assert.Contains(await run.RecordAsync(), entry => entry.Message == "the soak did not pass within 8h: 8 of 10 epochs");
    }

    [Theory]
    [InlineData("4h", 10)]
    [InlineData("12h", 12)]
    public async Task Count_WithATime_PassesWhenBothHold(string time, int hours)
    {
        await using var run = await RolloutScenario.GivenAsync(Playbook.Replace("soak: { count", $"soak: {{ for: {time}, count", StringComparison.Ordinal), metrics: metrics => Chain(metrics));
        await run.WhenTimePassesAsync(TimeSpan.FromHours(hours) - TimeSpan.FromMinutes(2));
        await run.ThenStateIsAsync(RunState.Soaking);
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(2));
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
    }

    [Fact]
    public async Task Promote_WhileItCounts_EndsOnlyTheSoak()
    {
        await using var run = await RolloutScenario.GivenAsync(Playbook.Replace("  people:", "  overrides: [captains]\n  people:", StringComparison.Ordinal), metrics: metrics => Chain(metrics));
        await run.WhenTimePassesAsync(TimeSpan.FromHours(3));
        await run.WhenAsync(RunVerb.Promote, "bob", "the chain is slow today");
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
    }

    /// <summary>An epoch each hour, and no errors.</summary>
    private static void Chain(ScriptedMetrics metrics, double first = 100)
    {
        metrics.Say("errors", _ => MetricReading.Of(0));
        DateTimeOffset? begin = null;
        metrics.Say("epochs", now => MetricReading.Of(first + Math.Floor((now - (begin ??= now)).TotalHours)));
    }
}
