namespace RolloutWorkflows.Orchestrations.Tests.Scenarios;

/// <summary>Criteria and the promotion's fresh measurement. The soak is 24 h from Monday, 09:00; <c>atMost</c> is twice that unless stated.</summary>
public sealed class CriteriaTests
{
    private static readonly string Playbook = GoodWayTests.TwoStages.Replace("soak: { for: 24h, atMost: 48h }", "soak: { for: 24h }", StringComparison.Ordinal)
        .Replace("interval: 1m", "interval: 10m", StringComparison.Ordinal);

    [Fact]
    public async Task Criteria_AreMeasuredEveryFiveMinutesFromTheEndOfFor()
    {
        await using var run = await UnhappyAsync(Playbook);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(24) - TimeSpan.FromMinutes(1));
        Assert.Empty(await MeasuredAsync(run));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(17));
        Assert.Equal([0, 5, 10, 15], (await MeasuredAsync(run)).Select(at => (int)Math.Round((at - run.Now).TotalMinutes) + 16));
    }

    [Fact]
    public async Task Criteria_CriteriaInterval_SaysHowOften()
    {
        await using var run = await UnhappyAsync(Playbook.Replace("      criteria:", "      criteriaInterval: 1h\n      criteria:", StringComparison.Ordinal));
        await run.WhenTimePassesAsync(TimeSpan.FromHours(26.5));
        Assert.Equal(3, (await MeasuredAsync(run)).Count);
    }

    [Fact]
    public async Task Criteria_MustAllPassInOnePass()
    {
        var playbook = Playbook.Replace("result >= 4.0 } } ]", "result >= 4.0 } }, { uses: metric/threshold, with: { metric: errors, successCondition: result < 1% } } ]", StringComparison.Ordinal);
        await using var run = await UnhappyAsync(playbook);
        // Whichever of them passes, the other one does not.
        run.Metrics.Say("happy", now => MetricReading.Of(now.Minute / 5 % 2 == 0 ? 4.5 : 3.9));
        run.Metrics.Say("errors", now => MetricReading.Of(now.Minute / 5 % 2 == 0 ? 0.015 : 0.001));
        await run.WhenTimePassesAsync(TimeSpan.FromHours(30));
        await run.ThenStateIsAsync(RunState.Soaking);
        run.Metrics.Say("errors", _ => MetricReading.Of(0.001));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(11));
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
    }

    [Fact]
    public async Task Criteria_NotMetByTwiceFor_HoldAndNeverRollBackByThemselves()
    {
        await using var run = await UnhappyAsync(Playbook);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(48) - TimeSpan.FromMinutes(1));
        await run.ThenStateIsAsync(RunState.Soaking);
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(1.5));
        await run.ThenStateIsAsync(RunState.Holding);
        Assert.Equal(10, await run.PercentAsync("checkout"));
    }

    [Fact]
    public async Task Criteria_NotMetByAtMostWithOnTimeoutRollback_RollBack()
    {
        await using var run = await UnhappyAsync(Playbook.Replace("soak: { for: 24h }", "soak: { for: 24h, atMost: 25h, onTimeout: rollback }", StringComparison.Ordinal));
        await run.WhenTimePassesAsync(TimeSpan.FromHours(24.9));
        await run.ThenStateIsAsync(RunState.Soaking);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(0.2));
        await run.ThenStateIsAsync(RunState.RolledBack);
    }

    [Fact]
    public async Task Criteria_AtTheDeadline_AreMeasuredALastTime()
    {
        await using var run = await UnhappyAsync(Playbook.Replace("      criteria:", "      criteriaInterval: 13h\n      criteria:", StringComparison.Ordinal));
        run.Metrics.Say("happy", now => MetricReading.Of(now.Day == 4 ? 4.5 : 3.9));
        await run.WhenTimePassesAsync(TimeSpan.FromHours(48.1));
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Promotion_NoDataAndError_AreRetriedFiveTimesAndThenHold(bool isError)
    {
        await using var run = await RolloutScenario.GivenAsync(Playbook, metrics: GoodWayTests.AllGreen);
        await run.WhenTimePassesAsync(new TimeSpan(24, 5, 10));
        run.Metrics.Say("errors", _ => isError ? MetricReading.Error("refused") : MetricReading.NoData("nobody came"));
        var asked = run.Metrics.Asked;
        await run.WhenAsync(RunVerb.Approve, "bob");
        await run.WhenTimePassesAsync(TimeSpan.FromSeconds(51));
        await run.ThenStateIsAsync(RunState.Holding);
        Assert.Equal(6, run.Metrics.Asked - asked);
        Assert.Equal(10, await run.PercentAsync("checkout"));
    }

    private static Task<RolloutScenario> UnhappyAsync(string playbook) => RolloutScenario.GivenAsync(playbook, metrics: script =>
    {
        GoodWayTests.AllGreen(script);
        script.Say("happy", _ => MetricReading.Of(3.9));
    });

    private static async Task<IReadOnlyList<DateTimeOffset>> MeasuredAsync(RolloutScenario run) =>
        [.. (await run.RecordAsync()).Where(entry => entry.Kind == RunLogKind.CriteriaMeasured).Select(entry => entry.At)];
}
