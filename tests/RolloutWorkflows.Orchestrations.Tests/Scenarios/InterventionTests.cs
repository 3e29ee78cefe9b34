namespace RolloutWorkflows.Orchestrations.Tests.Scenarios;

/// <summary>What people do during a soak resets it, and what a rollback leaves in force is guarded on.</summary>
public sealed class InterventionTests
{
    private static readonly string GoingBackOneStage = GoodWayTests.TwoStages.Replace(
        "      soak: { for: 3d }\n      rollback: { to: start }", "      soak: { for: 3d }\n      rollback: { to: stage-start }", StringComparison.Ordinal);

    [Fact]
    public async Task ManualRollback_DuringTheSoak_ResetsItAndTheGuardrailsLimits()
    {
        await using var run = await RolloutScenario.GivenAsync(GoodWayTests.TwoStages, metrics: GoodWayTests.AllGreen);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(20));
        run.Metrics.Say("errors", _ => MetricReading.Of(0.3));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(2, Assert.Single((await run.SoakAsync("small")).Guardrails).Failed);
        run.Metrics.Say("errors", _ => MetricReading.Of(0.001));

        await run.WhenAsync(RunVerb.Rollback, "cyn");
        await run.WhenAsync(RunVerb.Retry, "bob");

        await run.ThenStateIsAsync(RunState.Soaking);
        var soak = await run.SoakAsync("small", attempt: 2);
        Assert.Equal((TimeSpan.Zero, 0), (soak.Counted, Assert.Single(soak.Guardrails).Failed));
        await run.WhenTimePassesAsync(TimeSpan.FromHours(23));
        await run.ThenStateIsAsync(RunState.Soaking);
    }

    [Fact]
    public async Task Breach_OfWhatStandsAfterAPartialRollback_IsRecordedToldAndMovesNothing()
    {
        await using var run = await BackInTheFirstStageAsync();
        Assert.Contains("still in force and guarded: flag:checkout", (await run.StatusAsync()).Because, StringComparison.Ordinal);

        run.Metrics.Say("errors", _ => MetricReading.Of(0.3));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(4));

        await run.ThenStateIsAsync(RunState.RolledBack);
        Assert.Equal(10, await run.PercentAsync("checkout"));
        Assert.Contains("since then: guardrail errors", (await run.StatusAsync()).Because, StringComparison.Ordinal);
        Assert.Contains(await run.RecordAsync(), entry => entry.Kind == RunLogKind.GuardrailSpoke);
        await run.WhenAsync(RunVerb.Rollback, "cyn");
        await run.ThenStateIsAsync(RunState.RolledBack);
        Assert.Equal(0, await run.PercentAsync("checkout") ?? 0);
    }

    [Fact]
    public async Task Drift_OfWhatStandsAfterAPartialRollback_IsToldAndHoldsOnceTheRunIsTriedAgain()
    {
        await using var run = await BackInTheFirstStageAsync();

        await DriftTests.ByHandAsync(run, 30);
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(1));

        await run.ThenStateIsAsync(RunState.RolledBack);
        Assert.Contains("since then: drift: flag:checkout reads 30 % where stage small set 10 %", (await run.StatusAsync()).Because, StringComparison.Ordinal);
        Assert.Single((await run.StatusAsync()).Drift);
        Assert.Equal(30, await run.PercentAsync("checkout"));
        await run.WhenAsync(RunVerb.Retry, "bob");
        await run.ThenStateIsAsync(RunState.Holding);
        Assert.Equal(30, await run.PercentAsync("checkout"));
        await run.WhenAsync(RunVerb.Retry, "bob");
        await run.ThenStateIsAsync(RunState.Soaking);
        Assert.Equal(100, await run.PercentAsync("checkout"));
        Assert.Contains(await run.RecordAsync(), entry => entry is { Kind: RunLogKind.DriftSettled, Message: "flag:checkout was set to 10 % again" });
    }

    [Fact]
    public async Task PartialRollback_TriedAgain_GoesOnToTheEnd()
    {
        await using var run = await BackInTheFirstStageAsync();
        await run.WhenTimePassesAsync(TimeSpan.FromHours(2));
        await run.WhenTheServerRestartsAsync();
        await run.WhenAsync(RunVerb.Retry, "bob");
        await run.ThenStateIsAsync(RunState.Soaking);
        Assert.Equal(100, await run.PercentAsync("checkout"));
        await run.WhenTimePassesAsync(TimeSpan.FromDays(4));
        await run.ThenStateIsAsync(RunState.Succeeded);
    }

    [Fact]
    public async Task RollbackToTheStart_LeavesNothingInForceAndNothingWatched()
    {
        await using var run = await RolloutScenario.GivenAsync(GoodWayTests.TwoStages, metrics: GoodWayTests.AllGreen);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(1));
        await run.WhenAsync(RunVerb.Rollback, "cyn");
        await run.ThenStateIsAsync(RunState.RolledBack);
        Assert.Empty((await run.StatusAsync()).Rollback!.Standing);
        var lines = (await run.RecordAsync()).Count;

        await DriftTests.ByHandAsync(run, 50);
        run.Metrics.Say("errors", _ => MetricReading.Of(0.3));
        await run.WhenTimePassesAsync(TimeSpan.FromHours(1));

        Assert.Equal(lines, (await run.RecordAsync()).Count);
    }

    private static async Task<RolloutScenario> BackInTheFirstStageAsync()
    {
        var run = await RolloutScenario.GivenAsync(GoingBackOneStage, metrics: GoodWayTests.AllGreen);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(25));
        await run.WhenAsync(RunVerb.Approve, "bob");
        Assert.Equal(100, await run.PercentAsync("checkout"));
        await run.WhenAsync(RunVerb.Rollback, "cyn");
        await run.ThenStateIsAsync(RunState.RolledBack);
        Assert.Equal(10, await run.PercentAsync("checkout"));
        Assert.Equal("flag:checkout", Assert.Single((await run.StatusAsync()).Rollback!.Standing).Target);
        return run;
    }
}
