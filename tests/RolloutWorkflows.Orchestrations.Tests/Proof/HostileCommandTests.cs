using RolloutWorkflows.Orchestrations.Tests.Scenarios;

namespace RolloutWorkflows.Orchestrations.Tests.Proof;

/// <summary>What nobody well-meaning sends: it never breaks the run, and never counts.</summary>
public sealed class HostileCommandTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, object?> Payloads => new()
    {
        { "nothing", null },
        { "text", "approve" },
        { "malformed JSON in a text", "{ \"verb\": " },
        { "a number", 7 },
        { "a list", new[] { "approve" } },
        { "no fields", new { } },
        { "names in another case", new { commandId = "h", verb = 2, actor = "bob", via = "x", at = At } },
        { "an unknown verb", new { CommandId = "h", Verb = "dance", Actor = "bob", Via = "x", At } },
        { "a verb by a number that none has", new { CommandId = "h", Verb = 99, Actor = "bob", Via = "x", At } },
        { "a command id that is null", new { CommandId = (string?)null, Verb = RunVerb.Hold, Actor = "bob", Via = "x", At } },
        { "an actor that is null", new { CommandId = "h", Verb = RunVerb.Hold, Actor = (string?)null, Via = "x", At } },
        { "a way that is null", new { CommandId = "h", Verb = RunVerb.Hold, Actor = "bob", Via = (string?)null, At } },
        { "no command id", new { Verb = RunVerb.Hold, Actor = "bob", Via = "x", At } },
        { "no actor", new { CommandId = "h", Verb = RunVerb.Hold, Via = "x", At } },
        { "a time that is none", new { CommandId = "h", Verb = RunVerb.Hold, Actor = "bob", Via = "x", At = "yesterday" } },
        { "an actor that is an object", new { CommandId = "h", Verb = RunVerb.Hold, Actor = new { Name = "bob", IsAdmin = true }, Via = "x", At } },
        { "empty names", new { CommandId = "", Verb = RunVerb.Hold, Actor = "", Via = "", At } },
    };

    [Theory]
    [MemberData(nameof(Payloads))]
    public async Task Command_ThatIsNoSealedCommand_IsRecordedPassedOverAndMovesNothing(string what, object? payload)
    {
        await using var run = await RolloutScenario.GivenAsync(GoodWayTests.TwoStages, metrics: GoodWayTests.AllGreen);
        await run.WhenEventArrivesAsync(OrchestrationNames.CommandEvent, payload);

        await run.ThenStateIsAsync(RunState.Soaking);
        Assert.True((await run.RecordAsync()).Count(entry => entry.Kind == RunLogKind.Faulted && entry.Message.Contains("was passed over", StringComparison.Ordinal)) == 1, what);
        await run.WhenAsync(RunVerb.Hold, "cyn");
        await run.ThenStateIsAsync(RunState.Holding);
    }

    [Theory]
    [InlineData(RunState.Promoting, RunTrigger.Succeed)]
    [InlineData(RunState.RollingBack, RunTrigger.RollbackFinished)]
    [InlineData(RunState.Aborted, RunTrigger.Abort)]
    public async Task Signal_OfNoStageOfTheRun_MovesNothing(RunState _, RunTrigger trigger)
    {
        await using var run = await RolloutScenario.GivenAsync(GoodWayTests.TwoStages, metrics: GoodWayTests.AllGreen);
        await run.WhenEventArrivesAsync(OrchestrationNames.SignalEvent, new RunSignal { Kind = RunSignalKind.PhaseEntered, From = "somebody", Trigger = trigger, Message = "forged" });
        await run.ThenStateIsAsync(RunState.Soaking);
        Assert.DoesNotContain(await run.RecordAsync(), entry => entry.Message.Contains("forged", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Approval_ReplayedTenTimes_CountsOnceAndIsAnsweredOnce()
    {
        var playbook = GoodWayTests.TwoStages.Replace("minApprovals: 1", "minApprovals: 2", StringComparison.Ordinal);
        await using var run = await RolloutScenario.GivenAsync(playbook, metrics: GoodWayTests.AllGreen);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(25));
        for (var i = 0; i < 10; i++) await run.WhenAsync(RunVerb.Approve, "bob", commandId: "same");

        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        Assert.Single((await run.StatusAsync()).OpenApprovals[0].Votes);
        Assert.Single(await run.RecordAsync(), entry => entry.CommandId == "same");
    }

    [Fact]
    public async Task Approval_ReplayedForTheNextQuestion_NeverCounts()
    {
        await using var run = await RolloutScenario.GivenAsync(GoodWayTests.TwoStages, metrics: GoodWayTests.AllGreen);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(25));
        var asked = (await run.StatusAsync()).OpenApprovals[0].ApprovalId;
        await run.WhenAsync(RunVerb.Reject, "bob", "not yet", asked, commandId: "vote");
        await run.WhenAsync(RunVerb.Retry, "cyn");
        await run.ThenStateIsAsync(RunState.AwaitingApproval);

        // The closed question, the same command once more, and a fresh command for the closed question.
        Assert.NotEqual(asked, (await run.StatusAsync()).OpenApprovals[0].ApprovalId);
        await run.WhenAsync(RunVerb.Approve, "bob", approvalId: asked, commandId: "vote");
        var stale = await run.WhenAsync(RunVerb.Approve, "bob", approvalId: asked);
        Assert.Equal(RunLogKind.CommandRefused, stale.Kind);
        Assert.Contains("is not open; open: ", stale.Message, StringComparison.Ordinal);
        Assert.Empty((await run.StatusAsync()).OpenApprovals[0].Votes);
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
    }

    [Fact]
    public async Task Approval_OfAFormerAttempt_NeverCountsForTheNext()
    {
        await using var run = await RolloutScenario.GivenAsync(GoodWayTests.TwoStages, metrics: GoodWayTests.AllGreen);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(25));
        var former = (await run.StatusAsync()).OpenApprovals[0].ApprovalId;
        await run.WhenAsync(RunVerb.Rollback, "cyn");
        await run.WhenAsync(RunVerb.Retry, "cyn");
        await run.WhenTimePassesAsync(TimeSpan.FromHours(25));
        await run.ThenStateIsAsync(RunState.AwaitingApproval);

        Assert.Equal(RunLogKind.CommandRefused, (await run.WhenAsync(RunVerb.Approve, "bob", approvalId: former)).Kind);
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
    }

    [Fact]
    public async Task Approval_RaisedBeforeItsQuestionOpened_NeverCountsLater()
    {
        await using var run = await RolloutScenario.GivenAsync(GoodWayTests.TwoStages, metrics: GoodWayTests.AllGreen);
        // Ten votes wait in the run's inbox before there is anything to vote on.
        for (var i = 0; i < 10; i++)
            await run.RaiseAsync(RolloutScenario.RunId, OrchestrationNames.CommandEvent, new { CommandId = $"early-{i}", Verb = RunVerb.Approve, Actor = i % 2 == 0 ? "bob" : "cyn", Via = "x", At });
        await run.WhenTimePassesAsync(TimeSpan.FromHours(25));

        await run.ThenStateIsAsync(RunState.AwaitingApproval);
        Assert.Empty((await run.StatusAsync()).OpenApprovals[0].Votes);
        Assert.Equal(10, (await run.RecordAsync()).Count(entry => entry.Kind == RunLogKind.CommandRefused));
    }

    [Fact]
    public async Task Actor_WhoIsNobody_HasNoVote()
    {
        await using var run = await RolloutScenario.GivenAsync(GoodWayTests.TwoStages, metrics: GoodWayTests.AllGreen);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(25));
        foreach (var actor in new[] { "mallory", "Bob", "bob ", "rollout" })
            Assert.Equal(RunLogKind.CommandRefused, (await run.WhenAsync(RunVerb.Approve, actor, isAdmin: true)).Kind);
        await run.ThenStateIsAsync(RunState.AwaitingApproval);
    }
}
