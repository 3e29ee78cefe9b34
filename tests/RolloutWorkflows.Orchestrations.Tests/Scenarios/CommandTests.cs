namespace RolloutWorkflows.Orchestrations.Tests.Scenarios;

public sealed class CommandTests
{
    [Fact]
    public async Task Hold_ThenResume_GoesOnWhereItWas()
    {
        await using var run = await StartAsync();
        Assert.Equal(RunLogKind.CommandAccepted, (await run.WhenAsync(RunVerb.Hold, "cyn", "lunch")).Kind);
        await run.ThenStateIsAsync(RunState.Holding);
        await run.WhenTimePassesAsync(TimeSpan.FromDays(2));
        await run.ThenStateIsAsync(RunState.Holding);
        await run.WhenAsync(RunVerb.Resume, "cyn");
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
    }

    [Fact]
    public async Task Resume_SaysAgainWhyTheRunStandsWhereItStands()
    {
        await using var run = await StartAsync();
        var before = (await run.StatusAsync()).Because;
        await run.WhenAsync(RunVerb.Hold, "cyn", "lunch");
        Assert.Equal("cyn holds it: lunch", (await run.StatusAsync()).Because);
        await run.WhenAsync(RunVerb.Resume, "cyn");
        Assert.Equal(before, (await run.StatusAsync()).Because);
    }

    [Fact]
    public async Task Approve_ByTheStarter_IsRefusedWithTheElectorate()
    {
        await using var run = await StartAsync();
        await run.WhenTimePassesAsync(TimeSpan.FromHours(25));
        var answer = await run.WhenAsync(RunVerb.Approve, "ada");
        Assert.Equal("approve by ada was refused: ada started the run and has no vote on " + (await run.StatusAsync()).OpenApprovals[0].Name + "; asked are bob, cyn", answer.Message);
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
    }

    [Fact]
    public async Task Approve_BeforeItIsAsked_IsRefusedAndNotKept()
    {
        await using var run = await StartAsync();
        Assert.Equal(RunLogKind.CommandRefused, (await run.WhenAsync(RunVerb.Approve, "bob")).Kind);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(25));
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
    }

    [Fact]
    public async Task Approve_NamingAnotherApproval_IsRefusedWithTheOpenOnes()
    {
        await using var run = await StartAsync();
        await run.WhenTimePassesAsync(TimeSpan.FromHours(25));
        var answer = await run.WhenAsync(RunVerb.Approve, "bob", approvalId: "run-1/small/1/feed");
        Assert.Contains("approval 'run-1/small/1/feed' is not open; open: run-1/small/1/", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reject_ByOne_HoldsUntilAskedAgain()
    {
        await using var run = await StartAsync();
        await run.WhenTimePassesAsync(TimeSpan.FromHours(25));
        await run.WhenAsync(RunVerb.Reject, "bob", "not yet");
        await run.ThenStateIsAsync(RunState.Holding);
        Assert.Equal(RunLogKind.CommandRefused, (await run.WhenAsync(RunVerb.Resume, "cyn")).Kind);
        await run.WhenAsync(RunVerb.Retry, "cyn");
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        await run.WhenAsync(RunVerb.Approve, "bob");
        await run.ThenStateIsAsync(RunState.Soaking);
    }

    [Fact]
    public async Task Approval_NobodyAnswers_HoldsAtItsDeadline()
    {
        await using var run = await StartAsync();
        await run.WhenTimePassesAsync(TimeSpan.FromHours(25));
        await run.WhenTimePassesAsync(TimeSpan.FromDays(3));
        await run.ThenStateIsAsync(RunState.Holding);
        Assert.Equal(10, await run.PercentAsync("checkout"));
    }

    [Fact]
    public async Task Command_SentTwiceWithOneId_ActsOnce()
    {
        await using var run = await StartAsync();
        await run.WhenAsync(RunVerb.Hold, "cyn", commandId: "same");
        await run.WhenAsync(RunVerb.Resume, "cyn");
        await run.WhenAsync(RunVerb.Hold, "cyn", commandId: "same");
        await run.ThenStateIsAsync(RunState.Soaking);
        Assert.Single(await run.RecordAsync(), entry => entry.CommandId == "same");
    }

    [Fact]
    public async Task Promote_EndsTheRemainingSoakAndNothingElse()
    {
        await using var run = await StartAsync();
        await run.WhenAsync(RunVerb.Promote, "bob", "seen enough", isAdmin: true);
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
    }

    [Theory]
    [InlineData(RunState.Soaking)]
    [InlineData(RunState.AwaitingApproval)]
    [InlineData(RunState.Holding)]
    [InlineData(RunState.RolledBack)]
    public async Task Abort_InEveryState_EndsTheRunAndListsWhatStays(RunState state)
    {
        await using var run = await StartAsync();
        if (state == RunState.AwaitingApproval) await run.WhenTimePassesAsync(TimeSpan.FromHours(25));
        if (state == RunState.Holding) await run.WhenAsync(RunVerb.Hold, "cyn");
        if (state == RunState.RolledBack) await run.WhenAsync(RunVerb.Rollback, "cyn");
        await run.ThenStateIsAsync(state);
        await run.WhenAsync(RunVerb.Abort, "cyn", "enough");
        await run.ThenStateIsAsync(RunState.Aborted);
        Assert.Equal(state == RunState.RolledBack ? 0 : 10, await run.PercentAsync("checkout") ?? 0);
        var message = (await run.StatusAsync()).Because;
        Assert.Equal(state != RunState.RolledBack, message.Contains("it leaves in place: flag:checkout", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rollback_WhileHolding_IsAcceptedAtOnce()
    {
        await using var run = await StartAsync();
        await run.WhenAsync(RunVerb.Hold, "cyn");
        await run.WhenAsync(RunVerb.Rollback, "bob");
        await run.ThenStateIsAsync(RunState.RolledBack);
        Assert.Equal(0, await run.PercentAsync("checkout") ?? 0);
    }

    private static Task<RolloutScenario> StartAsync() => RolloutScenario.GivenAsync(GoodWayTests.TwoStages, metrics: GoodWayTests.AllGreen);
}
