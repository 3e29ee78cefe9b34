namespace RolloutWorkflows.Orchestrations.Tests.Scenarios;

/// <summary>When what an approval is bound to changes, it is void and asked again with the difference.</summary>
public sealed class VoidApprovalTests
{
    private const string Changed = "guardrail errors was Passed, is Warning";

    private static readonly string OnEvidence = GoodWayTests.TwoStages.Replace(
        "minApprovals: 1, timeout: 3d, onTimeout: hold }", "minApprovals: 2, timeout: 3d, onTimeout: hold, bindTo: [effects, evidence] }", StringComparison.Ordinal);

    private static readonly string ByOne = OnEvidence.Replace("minApprovals: 2", "minApprovals: 1", StringComparison.Ordinal);

    [Fact]
    public async Task Approval_WhenAsked_ShowsWhatIsApproved()
    {
        await using var run = await AskedAsync(OnEvidence);
        var lines = (await run.StatusAsync()).OpenApprovals.Single().Subject.Select(line => $"{line.What}: {line.Value}");
        Assert.Equal(["step flag-rollout-1: flag/rollout (flag: checkout, percent: 100)", "criteria metric-threshold-1: Passed", "guardrail errors: Passed"], lines.Select(line => line.Replace("criteria criteria-", "criteria ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Approval_OpenWhileAVerdictChanges_IsVoidAndAskedAgainWithTheDifference()
    {
        await using var run = await AskedAsync(OnEvidence);
        var first = (await run.StatusAsync()).OpenApprovals.Single();
        await run.WhenAsync(RunVerb.Approve, "bob", "all green");
        await WarnAsync(run);

        var second = (await run.StatusAsync()).OpenApprovals.Single();
        Assert.NotEqual(first.ApprovalId, second.ApprovalId);
        Assert.Equal([Changed], second.Differences);
        Assert.StartsWith($"Asked again, since {Changed}. Open all?", second.Prompt, StringComparison.Ordinal);
        Assert.Empty(second.Votes);
        await run.WhenAsync(RunVerb.Approve, "cyn");
        Assert.Equal(10, await run.PercentAsync("checkout"));
        await run.WhenAsync(RunVerb.Approve, "bob", "a warning is fine");
        Assert.Equal(100, await run.PercentAsync("checkout"));
    }

    [Fact]
    public async Task Approval_Void_KeepsItsVotesInTheRecord()
    {
        await using var run = await AskedAsync(OnEvidence);
        await run.WhenAsync(RunVerb.Approve, "bob", "all green");
        await WarnAsync(run);
        var line = Assert.Single(await run.RecordAsync(), entry => entry.Kind == RunLogKind.ApprovalVoided);
        Assert.Equal($"approval: the open question is void, since {Changed}", line.Message);
        var vote = line.Data!.Value.GetProperty("votes")[0];
        Assert.Equal(("bob", "all green"), (vote.GetProperty("person").GetString(), vote.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task Approval_StaleAfterAChange_IsRefusedWithTheOpenOneListed()
    {
        await using var run = await AskedAsync(ByOne);
        var stale = (await run.StatusAsync()).OpenApprovals.Single().ApprovalId;
        await WarnAsync(run);
        var answer = await run.WhenAsync(RunVerb.Approve, "bob", approvalId: stale);
        Assert.Equal(RunLogKind.CommandRefused, answer.Kind);
        Assert.Contains($"approval '{stale}' is not open; open: {(await run.StatusAsync()).OpenApprovals.Single().ApprovalId}", answer.Message, StringComparison.Ordinal);
        Assert.Equal(10, await run.PercentAsync("checkout"));
    }

    [Fact]
    public async Task Approval_GivenAndVoidBeforeThePromotion_IsAskedAgain()
    {
        await using var run = await AskedAsync(ByOne);
        await run.WhenAsync(RunVerb.Hold, "cyn");
        await run.WhenAsync(RunVerb.Approve, "bob");
        await WarnAsync(run);
        // It is void for good, also where the change is taken back before anybody looks.
        run.Metrics.Say("errors", _ => MetricReading.Of(0.001));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(2));
        await run.WhenAsync(RunVerb.Resume, "cyn");
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        Assert.Equal([Changed], (await run.StatusAsync()).OpenApprovals.Single().Differences);
        Assert.Equal(10, await run.PercentAsync("checkout"));
        await run.WhenAsync(RunVerb.Approve, "bob");
        Assert.Equal(100, await run.PercentAsync("checkout"));
    }

    [Fact]
    public async Task Approval_GivenAndVoidWhileAnotherIsOpen_IsAskedAgainAtOnceBesideIt()
    {
        await using var run = await AskedAsync(GoodWayTests.TwoStages.Replace(
            "approval: { approvers: [ { group: captains } ], minApprovals: 1, timeout: 3d, onTimeout: hold }",
            "approvals: [ { name: figures, approvers: [ { group: captains } ], bindTo: [evidence] }, { name: release, approvers: [ { group: captains } ] } ]", StringComparison.Ordinal));
        var figures = (await run.StatusAsync()).OpenApprovals.Single(open => open.Name == "figures").ApprovalId;
        await run.WhenAsync(RunVerb.Approve, "bob", approvalId: figures);
        Assert.Equal(["release"], (await run.StatusAsync()).OpenApprovals.Select(open => open.Name));
        await WarnAsync(run);

        var open = (await run.StatusAsync()).OpenApprovals;
        Assert.Equal(["figures", "release"], open.Select(each => each.Name).Order(StringComparer.Ordinal));
        Assert.Equal([Changed], open.Single(each => each.Name == "figures").Differences);
        await run.WhenAsync(RunVerb.Approve, "bob", approvalId: open.Single(each => each.Name == "release").ApprovalId);
        Assert.Equal(10, await run.PercentAsync("checkout"));
        await run.WhenAsync(RunVerb.Approve, "bob");
        Assert.Equal(100, await run.PercentAsync("checkout"));
    }

    [Fact]
    public async Task Approval_TheFreshMeasurementOfThePromotionSaysSomethingElse_IsAskedAgain()
    {
        await using var run = await AskedAsync(ByOne);
        run.Metrics.Say("errors", _ => MetricReading.Of(0.03));
        await run.WhenAsync(RunVerb.Approve, "bob");
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        Assert.Contains(await run.RecordAsync(), entry => entry.Kind == RunLogKind.ApprovalVoided && entry.Message == $"approval: the approval is void, since {Changed}");
        await run.WhenAsync(RunVerb.Approve, "bob");
        Assert.Equal(100, await run.PercentAsync("checkout"));
    }

    [Fact]
    public async Task Approval_NotBoundToEvidence_StaysGoodWhenAVerdictChanges()
    {
        await using var run = await AskedAsync(GoodWayTests.TwoStages);
        var before = (await run.StatusAsync()).OpenApprovals.Single().ApprovalId;
        await WarnAsync(run);
        Assert.Equal(before, (await run.StatusAsync()).OpenApprovals.Single().ApprovalId);
        await run.WhenAsync(RunVerb.Approve, "bob");
        Assert.Equal(100, await run.PercentAsync("checkout"));
    }

    [Fact]
    public async Task Approval_OfStepsThatResolveToSomethingElseAfterTheWindow_IsVoidAndAskedAgainWithTheDifference()
    {
        const string playbook = """
            apiVersion: rolloutworkflows/v1
            kind: Playbook
            metadata: { name: share }
            spec:
              people:
                persons: { ada: { name: Ada }, bob: { name: Bob } }
                groups: { captains: [ada, bob] }
              metrics: { share: { source: test, value: share } }
              stages:
                - name: only
                  windows: { allow: [ { hours: "09:00-16:00" } ] }
                  ready: [ { id: share, uses: metric/threshold, with: { metric: share, successCondition: result > 0 } } ]
                  approval: { when: before, approvers: [ { group: captains } ] }
                  steps: [ { id: open, uses: flag/rollout, with: { flag: share, percent: "${{ steps.share.outputs.value }}" } } ]
                  rollback: { to: start }
            """;
        await using var run = await RolloutScenario.GivenAsync(playbook, metrics: script => script.Say("share", now => MetricReading.Of(now.Day == 2 ? 5 : 8)));
        await run.WhenTimePassesAsync(TimeSpan.FromHours(8));
        await run.WhenAsync(RunVerb.Approve, "bob", "five is fine");
        await run.ThenStateIsAsync(RunState.Waiting);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(17));

        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        Assert.Equal(
            ["step open was flag/rollout (flag: share, percent: 5), is flag/rollout (flag: share, percent: 8)"],
            (await run.StatusAsync()).OpenApprovals.Single().Differences);
        Assert.Null(await run.PercentAsync("share"));
        await run.WhenAsync(RunVerb.Approve, "bob", "eight as well");
        Assert.Equal(8, await run.PercentAsync("share"));
    }

    [Fact]
    public async Task Decision_KeepsWhoWhenWhichWayWhyAndWhatTheyWereShown()
    {
        await using var run = await AskedAsync(ByOne);
        await run.WhenAsync(RunVerb.Approve, "bob", "seen the numbers");
        var decision = (await run.RecordAsync()).Single(entry => entry.Kind == RunLogKind.ApprovalDecided).Data!.Value;
        var vote = decision.GetProperty("votes")[0];
        Assert.Equal(
            ("bob", "test", "seen the numbers", true),
            (vote.GetProperty("person").GetString(), vote.GetProperty("via").GetString(), vote.GetProperty("reason").GetString(), vote.GetProperty("approves").GetBoolean()));
        Assert.Equal(run.Now, vote.GetProperty("at").GetDateTimeOffset());
        Assert.StartsWith("Open all? Its steps:", decision.GetProperty("prompt").GetString(), StringComparison.Ordinal);
        Assert.Contains("guardrail errors", decision.GetProperty("subject").EnumerateArray().Select(line => line.GetProperty("what").GetString()));
    }

    [Fact]
    public async Task Approval_OfAnotherAttempt_HasAnotherNameAndIsRefused()
    {
        await using var run = await AskedAsync(GoodWayTests.TwoStages);
        var first = (await run.StatusAsync()).OpenApprovals.Single().ApprovalId;
        await run.WhenAsync(RunVerb.Rollback, "cyn");
        await run.WhenAsync(RunVerb.Retry, "cyn");
        await run.WhenTimePassesAsync(TimeSpan.FromHours(25));
        var second = (await run.StatusAsync()).OpenApprovals.Single().ApprovalId;
        Assert.StartsWith("run-1/small/1/", first, StringComparison.Ordinal);
        Assert.StartsWith("run-1/small/2/", second, StringComparison.Ordinal);
        Assert.Equal(RunLogKind.CommandRefused, (await run.WhenAsync(RunVerb.Approve, "bob", approvalId: first)).Kind);
    }

    private static async Task<RolloutScenario> AskedAsync(string playbook)
    {
        var run = await RolloutScenario.GivenAsync(playbook, metrics: GoodWayTests.AllGreen);
        // Not on the guardrail's grid, so that a promotion's measurement is one of its own.
        await run.WhenTimePassesAsync(new TimeSpan(25, 0, 10));
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        return run;
    }

    /// <summary>The share of errors rises to where the guardrail warns and does not fail.</summary>
    private static async Task WarnAsync(RolloutScenario run)
    {
        run.Metrics.Say("errors", _ => MetricReading.Of(0.03));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(2));
    }
}
