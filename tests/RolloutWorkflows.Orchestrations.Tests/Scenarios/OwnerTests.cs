namespace RolloutWorkflows.Orchestrations.Tests.Scenarios;

/// <summary>The owner confirms the start and each promotion, and hands over. The starter is <c>ada</c>.</summary>
public sealed class OwnerTests
{
    private const string Owned = """
        apiVersion: rolloutworkflows/v1
        kind: Playbook
        metadata: { name: owned }
        spec:
          people:
            persons: { ada: { name: Ada }, bob: { name: Bob }, cyn: { name: Cyn }, dan: { name: Dan } }
            groups: { captains: [bob, cyn], everybody: [ada, bob, cyn, dan], nobody: [] }
          owner: OWNER
          stages:
            - name: first
              steps: [ { uses: flag/rollout, with: { flag: owned, percent: 5 } } ]
              APPROVAL
              rollback: { to: start }
            - name: second
              steps: [ { uses: flag/rollout, with: { flag: owned, percent: 50 } } ]
              rollback: { to: start }
        """;

    [Fact]
    public async Task Start_BySomebodyElse_WaitsForTheOwnersWordBeforeTheFirstStage()
    {
        await using var run = await StartAsync("captains");
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        await run.WhenTimePassesAsync(TimeSpan.FromDays(30));
        var status = await run.StatusAsync();
        var open = Assert.Single(status.OpenApprovals);
        Assert.Equal(("owner", "first"), (open.Name, open.Stage));
        Assert.Equal(["bob", "cyn"], open.Electorate);
        Assert.Null(open.Deadline);
        Assert.Equal("captains", status.Owner);
        Assert.All(status.Stages, stage => Assert.Equal(StageState.Ahead, stage.State));
        Assert.Null(await run.PercentAsync("owned"));

        Assert.Equal(RunLogKind.CommandRefused, (await run.WhenAsync(RunVerb.Approve, "ada")).Kind);
        await run.WhenAsync(RunVerb.Approve, "cyn");
        Assert.Equal(5, await run.PercentAsync("owned"));
    }

    [Theory]
    [InlineData("ada")]
    [InlineData("everybody")]
    public async Task Start_ByTheOwner_IsTheConfirmation(string owner)
    {
        await using var run = await StartAsync(owner);
        Assert.Equal(5, await run.PercentAsync("owned"));
        // The starter may be the owner at a promotion as well.
        Assert.Contains("ada", Assert.Single((await run.StatusAsync()).OpenApprovals).Electorate);
    }

    [Fact]
    public async Task Start_OwnerSaysNo_HoldsUntilAskedAgain()
    {
        await using var run = await StartAsync("captains");
        await run.WhenAsync(RunVerb.Reject, "bob", "not this week");
        await run.ThenStateIsAsync(RunState.Holding);
        Assert.Equal("the owner does not want it to begin: bob said no", (await run.StatusAsync()).Because);
        await run.WhenAsync(RunVerb.Retry, "ada");
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        await run.WhenAsync(RunVerb.Approve, "cyn");
        Assert.Equal(5, await run.PercentAsync("owned"));
    }

    [Theory]
    [InlineData(RunVerb.Abort, RunState.Aborted)]
    [InlineData(RunVerb.Rollback, RunState.RolledBack)]
    public async Task Start_WhileTheOwnerIsAsked_AbortAndRollbackCount(RunVerb verb, RunState state)
    {
        await using var run = await StartAsync("captains");
        await run.WhenAsync(verb, "dan");
        await run.ThenStateIsAsync(state);
        Assert.Empty((await run.StatusAsync()).OpenApprovals);
        if (state == RunState.Aborted) return;
        await run.WhenAsync(RunVerb.Retry, "dan");
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        Assert.Null(await run.PercentAsync("owned"));
    }

    [Fact]
    public async Task Start_HeldAndResumedWhileTheOwnerIsAsked_StillWaitsForTheOwner()
    {
        await using var run = await StartAsync("captains");
        await run.WhenAsync(RunVerb.Hold, "dan");
        await run.WhenAsync(RunVerb.Resume, "dan");
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        Assert.Null(await run.PercentAsync("owned"));
    }

    [Fact]
    public async Task Promotion_NeedsTheOwnersWord()
    {
        await using var run = await StartAsync("everybody");
        Assert.Equal("owner", Assert.Single((await run.StatusAsync()).OpenApprovals).Name);
        await run.WhenTimePassesAsync(TimeSpan.FromDays(30));
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        await run.WhenAsync(RunVerb.Approve, "dan");
        Assert.Equal(50, await run.PercentAsync("owned"));
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        await run.WhenAsync(RunVerb.Approve, "ada");
        await run.ThenStateIsAsync(RunState.Succeeded);
    }

    [Fact]
    public async Task Promotion_ApprovalOfTheOwnersPeopleAlone_IsTheOwnersWord()
    {
        await using var run = await StartAsync("everybody", "approval: { approvers: [ { group: captains } ] }");
        Assert.Equal("approval", Assert.Single((await run.StatusAsync()).OpenApprovals).Name);
        await run.WhenAsync(RunVerb.Approve, "bob");
        Assert.Equal(50, await run.PercentAsync("owned"));
    }

    [Fact]
    public async Task Promotion_PersonOfTheOwnerApprovesAnotherQuestion_OneAnswerSuffices()
    {
        await using var run = await StartedByTheOwnersWordAsync("approval: { approvers: [ { group: everybody } ] }");
        Assert.Equal(2, (await run.StatusAsync()).OpenApprovals.Count);
        await run.WhenAsync(RunVerb.Approve, "cyn", approvalId: await IdAsync(run, "approval"));
        Assert.Equal(50, await run.PercentAsync("owned"));
    }

    [Fact]
    public async Task Promotion_SomebodyElseApproves_StillWaitsForTheOwner()
    {
        await using var run = await StartedByTheOwnersWordAsync("approval: { approvers: [ { group: everybody } ] }");
        await run.WhenAsync(RunVerb.Approve, "dan", approvalId: await IdAsync(run, "approval"));
        Assert.Equal("owner", Assert.Single((await run.StatusAsync()).OpenApprovals).Name);
        Assert.Equal(5, await run.PercentAsync("owned"));
        await run.WhenAsync(RunVerb.Approve, "bob");
        Assert.Equal(50, await run.PercentAsync("owned"));
    }

    [Fact]
    public async Task Handover_ByTheOwner_AsksTheNewOwnerFromNowOn()
    {
        await using var run = await StartAsync("captains");
        var answer = await run.WhenAsync(RunVerb.Handover, "bob", "on leave", to: "dan");
        Assert.Equal(RunLogKind.CommandAccepted, answer.Kind);
        var status = await run.StatusAsync();
        Assert.Equal(("dan", "dan"), (status.Owner, Assert.Single(Assert.Single(status.OpenApprovals).Electorate)));
        Assert.Contains(await run.RecordAsync(), entry => entry is { Kind: RunLogKind.OwnerChanged, Actor: "bob", Reason: "on leave" });
        Assert.Contains(await run.RecordAsync(), entry => entry.Kind == RunLogKind.Announced && entry.Message.StartsWith("To dan: ", StringComparison.Ordinal));

        Assert.Equal(RunLogKind.CommandRefused, (await run.WhenAsync(RunVerb.Approve, "cyn")).Kind);
        await run.WhenAsync(RunVerb.Approve, "dan");
        Assert.Equal(5, await run.PercentAsync("owned"));
        Assert.Equal(["dan"], Assert.Single((await run.StatusAsync()).OpenApprovals).Electorate);
    }

    [Theory]
    [InlineData("dan", false, "cyn", "only the owner (captains: bob, cyn) or an admin hands over, and dan is neither")]
    [InlineData("bob", false, null, "it must name the person who becomes the owner")]
    [InlineData("dan", true, "dam", "'dam' is none of the run's people; did you mean 'dan'?; they are ada, bob, cyn, dan")]
    public async Task Handover_WithoutStandingOrToNobodyKnown_IsRefused(string actor, bool isAdmin, string? to, string why)
    {
        await using var run = await StartAsync("captains");
        var answer = await run.WhenAsync(RunVerb.Handover, actor, to: to, isAdmin: isAdmin);
        Assert.Equal((RunLogKind.CommandRefused, $"handover by {actor} was refused: {why}"), (answer.Kind, answer.Message));
        Assert.Equal("captains", (await run.StatusAsync()).Owner);
    }

    [Fact]
    public async Task Owner_NobodyIsLeft_HoldsWithTheReasonUntilAnAdminHandsOver()
    {
        await using var run = await StartAsync("nobody");
        await run.ThenStateIsAsync(RunState.Holding);
        Assert.Contains("nobody may speak for nobody", (await run.StatusAsync()).Because, StringComparison.Ordinal);
        Assert.Equal(RunLogKind.CommandRefused, (await run.WhenAsync(RunVerb.Resume, "bob")).Kind);
        await run.WhenAsync(RunVerb.Handover, "bob", "somebody must", isAdmin: true, to: "bob");
        await run.WhenAsync(RunVerb.Resume, "bob");
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        await run.WhenAsync(RunVerb.Approve, "bob");
        Assert.Equal(5, await run.PercentAsync("owned"));
    }

    [Fact]
    public async Task PlaybookWithoutOwner_AsksNothingAndHasNothingToHandOver()
    {
        await using var run = await RolloutScenario.GivenAsync(Owned.Replace("  owner: OWNER\n", "", StringComparison.Ordinal).Replace("      APPROVAL\n", "", StringComparison.Ordinal));
        await run.ThenStateIsAsync(RunState.Succeeded);

        await using var other = await RolloutScenario.GivenAsync(GoodWayTests.TwoStages, metrics: GoodWayTests.AllGreen);
        var answer = await other.WhenAsync(RunVerb.Handover, "bob", isAdmin: true, to: "cyn");
        Assert.Equal("handover by bob was refused: the playbook names no owner, so there is nothing to hand over", answer.Message);
    }

    [Fact]
    public async Task Owner_ServerRestartsWhileAsked_IsStillAsked()
    {
        await using var run = await StartAsync("captains");
        await run.WhenTheServerRestartsAsync();
        await run.WhenAsync(RunVerb.Approve, "bob");
        await run.WhenTheServerRestartsAsync();
        await run.WhenAsync(RunVerb.Approve, "bob");
        Assert.Equal(50, await run.PercentAsync("owned"));
    }

    private static async Task<string> IdAsync(RolloutScenario run, string name) => (await run.StatusAsync()).OpenApprovals.Single(open => open.Name == name).ApprovalId;

    private static async Task<RolloutScenario> StartedByTheOwnersWordAsync(string approval)
    {
        var run = await StartAsync("captains", approval);
        await run.WhenAsync(RunVerb.Approve, "bob");
        return run;
    }

    private static Task<RolloutScenario> StartAsync(string owner, string approval = "") => RolloutScenario.GivenAsync(
        Owned.Replace("OWNER", owner, StringComparison.Ordinal).Replace("      APPROVAL\n", approval.Length == 0 ? "" : $"      {approval}\n", StringComparison.Ordinal));
}
