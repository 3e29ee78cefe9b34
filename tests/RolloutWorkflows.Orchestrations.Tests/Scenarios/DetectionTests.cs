namespace RolloutWorkflows.Orchestrations.Tests.Scenarios;

/// <summary>How long a fault went on before a guardrail told of it, and how long it took to undo.</summary>
public sealed class DetectionTests
{
    [Fact]
    public async Task Rollback_GuardrailWasGreenBefore_IsDetectedFromItsFirstBadMeasurement()
    {
        await using var run = await RolloutScenario.GivenAsync(GoodWayTests.TwoStages, metrics: GoodWayTests.AllGreen);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(5));
        run.Metrics.Say("errors", _ => MetricReading.Of(0.3));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(4));

        await run.ThenStateIsAsync(RunState.RolledBack);
        var rollback = (await run.StatusAsync()).Rollback!;
        Assert.Equal(TimeSpan.FromMinutes(2), rollback.Detected);
        Assert.NotNull(rollback.Took);
    }

    [Fact]
    public async Task Rollback_GuardrailWasNeverGreenAfterTheChange_IsDetectedFromTheChange()
    {
        await using var run = await RolloutScenario.GivenAsync(GoodWayTests.TwoStages, metrics: metrics => metrics.Say("errors", _ => MetricReading.Of(0.3)));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(4));

        await run.ThenStateIsAsync(RunState.RolledBack);
        Assert.Equal(TimeSpan.FromMinutes(3), (await run.StatusAsync()).Rollback!.Detected);
    }

    [Fact]
    public async Task Rollback_AskedForByAPerson_HasNoTimeOfDetection()
    {
        await using var run = await RolloutScenario.GivenAsync(GoodWayTests.TwoStages, metrics: GoodWayTests.AllGreen);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(5));
        await run.WhenAsync(RunVerb.Rollback, "cyn");
        Assert.Equal((null, true), (await run.StatusAsync()).Rollback is { } rollback ? (rollback.Detected, rollback.Took is not null) : default);
    }
}
