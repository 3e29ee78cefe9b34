namespace RolloutWorkflows.Orchestrations.Tests.Scenarios;

/// <summary>What votes come to in a run. Asked are bob, cyn and dan; ada started it.</summary>
public sealed class VoteTests
{
    [Theory]
    [InlineData("2")]
    [InlineData("all")]
    public async Task OneReject_EndsACountOrAll(string minApprovals)
    {
        await using var run = await AskedAsync(minApprovals);
        await run.WhenAsync(RunVerb.Approve, "bob");
        await run.WhenAsync(RunVerb.Reject, "cyn", "not yet");
        await run.ThenStateIsAsync(RunState.Holding);
    }

    [Fact]
    public async Task Fraction_EndsWhenItCanNoLongerBeReached()
    {
        await using var run = await AskedAsync("2/3");
        await run.WhenAsync(RunVerb.Reject, "bob");
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        await run.WhenAsync(RunVerb.Reject, "cyn");
        await run.ThenStateIsAsync(RunState.Holding);
    }

    [Fact]
    public async Task Vote_MayChangeUntilItIsDecided()
    {
        await using var run = await AskedAsync("2/3");
        await run.WhenAsync(RunVerb.Reject, "bob");
        await run.WhenAsync(RunVerb.Approve, "bob", "seen more");
        await run.WhenAsync(RunVerb.Approve, "cyn");
        Assert.Equal(100, await run.PercentAsync("checkout"));
        Assert.Equal(RunLogKind.CommandRefused, (await run.WhenAsync(RunVerb.Reject, "bob")).Kind);
    }

    [Fact]
    public async Task OnePerson_CountsOnceHoweverOftenTheyAnswer()
    {
        await using var run = await AskedAsync("2");
        await run.WhenAsync(RunVerb.Approve, "bob");
        await run.WhenAsync(RunVerb.Approve, "bob");
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        Assert.Single((await run.StatusAsync()).OpenApprovals.Single().Votes);
    }

    [Fact]
    public async Task OnePerson_ByEveryWay_CountsOnceAndTheLastWordStands()
    {
        await using var run = await AskedAsync("2");
        foreach (var way in new[] { "slack", "comment", "tick", "http", "cli" }) await run.WhenAsync(RunVerb.Approve, "bob", via: way);
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        var vote = Assert.Single((await run.StatusAsync()).OpenApprovals.Single().Votes);
        Assert.Equal(("bob", "cli", true), (vote.Person, vote.Via, vote.Approves));
        await run.WhenAsync(RunVerb.Approve, "cyn", via: "slack");
        Assert.Equal(100, await run.PercentAsync("checkout"));
    }

    [Fact]
    public async Task Vote_ForAnUnknownApproval_IsRefusedWithTheOpenOneListed()
    {
        await using var run = await AskedAsync("1");
        var open = (await run.StatusAsync()).OpenApprovals.Single();
        var answer = await run.WhenAsync(RunVerb.Approve, "bob", approvalId: "run-1/small/1/000000000000");
        Assert.Equal((RunLogKind.CommandRefused, $"approve by bob was refused: approval 'run-1/small/1/000000000000' is not open; open: {open.ApprovalId} ({open.Name})"), (answer.Kind, answer.Message));
    }

    [Fact]
    public async Task Required_PersonMissing_KeepsItOpenThoughEnoughAgree()
    {
        await using var run = await AskedAsync("1", approvers: "approvers: [ { group: captains }, { person: dan, required: true } ]");
        await run.WhenAsync(RunVerb.Approve, "bob");
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        await run.WhenAsync(RunVerb.Approve, "dan");
        Assert.Equal(100, await run.PercentAsync("checkout"));
    }

    [Fact]
    public async Task Vote_IsNeverBufferedForALaterGate()
    {
        await using var run = await AskedAsync("1", before: true);
        var first = (await run.StatusAsync()).OpenApprovals.Single().ApprovalId;
        await run.WhenAsync(RunVerb.Approve, "bob", approvalId: first);
        await run.ThenStateIsAsync(RunState.Soaking);
        Assert.Equal(RunLogKind.CommandRefused, (await run.WhenAsync(RunVerb.Approve, "bob")).Kind);
        Assert.Equal(RunLogKind.CommandRefused, (await run.WhenAsync(RunVerb.Approve, "cyn", approvalId: first)).Kind);
    }

    private static async Task<RolloutScenario> AskedAsync(string minApprovals, bool before = false, string approvers = "approvers: [ { group: captains } ]")
    {
        var playbook = GoodWayTests.TwoStages
            .Replace("cyn: { name: Cyn } }", "cyn: { name: Cyn }, dan: { name: Dan } }", StringComparison.Ordinal)
            .Replace("captains: [ada, bob, cyn]", "captains: [ada, bob, cyn, dan]", StringComparison.Ordinal)
            .Replace("approvers: [ { group: captains } ]", approvers, StringComparison.Ordinal)
            .Replace("minApprovals: 1,", $"{(before ? "when: before, " : "")}minApprovals: {minApprovals},", StringComparison.Ordinal);
        var run = await RolloutScenario.GivenAsync(playbook, metrics: GoodWayTests.AllGreen);
        if (!before) await run.WhenTimePassesAsync(TimeSpan.FromHours(25));
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        return run;
    }
}
