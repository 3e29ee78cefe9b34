namespace RolloutWorkflows.Orchestrations.Tests.Scenarios;

public sealed class RollbackTests
{
    [Fact]
    public async Task Guardrail_LimitExceeded_RollsBackByItselfAndReadsBack()
    {
        await using var run = await RolloutScenario.GivenAsync(GoodWayTests.TwoStages, metrics: GoodWayTests.AllGreen);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(2));
        run.Metrics.Say("errors", _ => MetricReading.Of(0.3));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(2));
        await run.ThenStateIsAsync(RunState.Soaking);
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(1));
        await run.ThenStateIsAsync(RunState.RolledBack);

        Assert.Equal(0, await run.PercentAsync("checkout") ?? 0);
        var report = (await run.StatusAsync()).Rollback!;
        Assert.True(report.ObjectiveMet);
        Assert.Equal("start", report.To);
        Assert.Equal(CompensationOutcome.Restored, Assert.Single(report.Effects).Outcome);
        Assert.Contains("errors", report.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guardrail_FailsWhilePeopleThinkAboutTheApproval_RollsBackAndClosesTheQuestion()
    {
        await using var run = await RolloutScenario.GivenAsync(GoodWayTests.TwoStages, metrics: GoodWayTests.AllGreen);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(25));
        run.Metrics.Say("errors", _ => MetricReading.Of(0.3));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(4));
        await run.ThenStateIsAsync(RunState.RolledBack);
        Assert.Empty((await run.StatusAsync()).OpenApprovals);
        Assert.Equal(RunLogKind.CommandRefused, (await run.WhenAsync(RunVerb.Approve, "bob")).Kind);
    }

    [Fact]
    public async Task Guardrail_FailsInTheSecondStage_GoesBackToTheStartNewestFirst()
    {
        await using var run = await ToTheSecondStageAsync();
        run.Metrics.Say("errors", _ => MetricReading.Of(0.3));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(4));
        await run.ThenStateIsAsync(RunState.RolledBack);
        Assert.Equal(0, await run.PercentAsync("checkout") ?? 0);
        Assert.Equal(2, (await run.StatusAsync()).Rollback!.Effects.Count);
        Assert.All((await run.StatusAsync()).Stages, stage => Assert.Equal(StageState.RolledBack, stage.State));
    }

    [Fact]
    public async Task RolledBack_Retry_GoesThroughEveryGateAgain()
    {
        await using var run = await ToTheSecondStageAsync();
        await run.WhenAsync(RunVerb.Rollback, "cyn", "users complain");
        await run.ThenStateIsAsync(RunState.RolledBack);
        await run.WhenTimePassesAsync(TimeSpan.FromDays(1));
        await run.ThenStateIsAsync(RunState.RolledBack);
        await run.WhenAsync(RunVerb.Retry, "bob");
        await run.ThenStateIsAsync(RunState.Soaking);
        Assert.Equal(2, (await run.StatusAsync()).Attempt);
        Assert.Equal(10, await run.PercentAsync("checkout"));
        await run.WhenTimePassesAsync(TimeSpan.FromHours(25));
        await run.WhenAsync(RunVerb.Approve, "bob");
        await run.WhenTimePassesAsync(TimeSpan.FromDays(4));
        await run.ThenStateIsAsync(RunState.Succeeded);
    }

    [Fact]
    public async Task Rollback_ServerStopsInTheMiddle_FinishesAfterTheRestart()
    {
        await using var run = await ToTheSecondStageAsync();
        run.Metrics.Say("errors", _ => MetricReading.Of(0.3));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(2));
        await run.WhenTheServerRestartsAsync();
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(2));
        await run.ThenStateIsAsync(RunState.RolledBack);
        Assert.Equal(0, await run.PercentAsync("checkout") ?? 0);
    }

    [Fact]
    public async Task RecoveryPlay_NamingTheCause_SaysWhyItRolledBack()
    {
        var playbook = GoodWayTests.TwoStages
            .Replace("  metrics:", "  channels: { team: { webhook: team } }\n  metrics:", StringComparison.Ordinal)
            .Replace("rollback: { to: start, objective: 1m }", "rollback: { to: start, steps: [ { uses: announce, with: { to: [team], text: \"${{ run.state }} ${{ run.stage }}: ${{ run.cause }}\" } } ] }", StringComparison.Ordinal);
        await using var run = await RolloutScenario.GivenAsync(playbook, metrics: GoodWayTests.AllGreen);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(2));
        await run.WhenAsync(RunVerb.Rollback, "cyn", "users complain");
        await run.ThenStateIsAsync(RunState.RolledBack);

        Assert.Contains(await run.RecordAsync(), entry => entry.Message.Contains("RollingBack small", StringComparison.Ordinal) && entry.Message.Contains("users complain", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RecoveryPlay_DependingOnWhatAnEarlierOneFound_RunsOnlyWhereItHolds()
    {
        var playbook = GoodWayTests.TwoStages
            .Replace("  metrics:", "  channels: { team: { webhook: team } }\n  metrics:", StringComparison.Ordinal)
            .Replace("rollback: { to: start, objective: 1m }", "rollback: { to: start, before: [ { id: found, uses: metric/threshold, with: { metric: errors, successCondition: result >= 0 } } ], " +
                "steps: [ { id: many, if: steps.found.outputs.value > 20%, uses: announce, with: { to: [team], text: \"found ${{ steps.found.outputs.value }}\" } }, " +
                "{ id: few, if: steps.found.outputs.value <= 20%, uses: announce, with: { to: [team], text: few } } ] }", StringComparison.Ordinal);
        await using var run = await RolloutScenario.GivenAsync(playbook, metrics: GoodWayTests.AllGreen);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(2));
        run.Metrics.Say("errors", _ => MetricReading.Of(0.3));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(4));
        await run.ThenStateIsAsync(RunState.RolledBack);

        var plays = (await run.StatusAsync()).Rollback!.Steps;
        Assert.Equal(["found", "many", "few"], plays.Select(play => play.StepId));
        Assert.Equal(["few"], plays.Where(play => play.Verdict == StepVerdict.Skipped).Select(play => play.StepId));
        Assert.Contains(await run.RecordAsync(), entry => entry.Message.Contains("found 0.3", StringComparison.Ordinal));
    }

    private static async Task<RolloutScenario> ToTheSecondStageAsync()
    {
        var run = await RolloutScenario.GivenAsync(GoodWayTests.TwoStages, metrics: GoodWayTests.AllGreen);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(25));
        await run.WhenAsync(RunVerb.Approve, "bob");
        await run.ThenStateIsAsync(RunState.Soaking);
        Assert.Equal(100, await run.PercentAsync("checkout"));
        return run;
    }
}
