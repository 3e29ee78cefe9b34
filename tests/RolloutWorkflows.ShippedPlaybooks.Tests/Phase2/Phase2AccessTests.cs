using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.ShippedPlaybooks.Tests.Phase2;

/// <summary>Who may do what in phase2-api, and what is kept of it.</summary>
public sealed class Phase2AccessTests
{
    [Fact]
    [Requirement("G4", "phase2-api")]
    public async Task Gates_AreAskedOfTheRolesThatOwnThem()
    {
        await using var scene = await Phase2Scene.StartAsync();
        await using var run = await scene.RunAsync();
        await run.UntilAsync(at => at.OpenApprovals.Count > 0, "a question");
        var asked = new Dictionary<string, (string Prompt, IReadOnlyList<string> Electorate)>();

        await run.UntilAsync(at =>
        {
            foreach (var question in at.OpenApprovals) asked[question.Name] = (question.Prompt, question.Electorate);
            return at.State == RunState.Soaking && at.Stage == "global-canary";
        }, "the worldwide canary", skipsSoaks: true);

        Assert.Equal(["grace"], asked["criteria"].Electorate);
        Assert.EndsWith("[asked as product; owned by product]", asked["criteria"].Prompt, StringComparison.Ordinal);
        Assert.Equal(["margaret"], asked["key-rotation"].Electorate);
        Assert.EndsWith("[asked as security; owned by security]", asked["key-rotation"].Prompt, StringComparison.Ordinal);
        Assert.Equal(["barbara", "linus"], asked["readiness-review"].Electorate.Order(StringComparer.Ordinal));
        Assert.EndsWith("[asked as product, platform, security, sre]", asked["go"].Prompt, StringComparison.Ordinal);
        Assert.Equal(["barbara", "grace", "linus", "margaret"], asked["go"].Electorate.Order(StringComparer.Ordinal));
    }

    [Fact]
    [Requirement("G4", "phase2-api", BadWay = true)]
    [Requirement("D7", "phase2-api", BadWay = true)]
    public async Task KeyRotation_AnsweredByAnotherRoleOrTheStarter_IsRefused()
    {
        await using var scene = await Phase2Scene.StartAsync();
        await using var run = await scene.RunAsync();
        await run.UntilAsync(at => at.OpenApprovals.Any(question => question.Name == "exposure"), "the question to security");
        var question = (await run.Scenario.StatusAsync()).OpenApprovals.Single();

        var byProduct = await run.Scenario.WhenAsync(RunVerb.Approve, "grace", "product says yes", question.ApprovalId);
        var byStarter = await run.Scenario.WhenAsync(RunVerb.Approve, "ada", "my own run", question.ApprovalId);

        Assert.Equal((RunLogKind.CommandRefused, RunLogKind.CommandRefused), (byProduct.Kind, byStarter.Kind));
        Assert.Equal("internal-lab", (await run.Scenario.StatusAsync()).Stage);
        Assert.Empty(await run.Scenario.Flags.ListAsync());
    }

    [Fact]
    [Requirement("G4", "phase2-api", BadWay = true)]
    public async Task Readiness_RefusedBySre_HoldsAndTellsSre()
    {
        await using var scene = await Phase2Scene.StartAsync();
        await using var run = await scene.RunAsync();
        await run.UntilAsync(at => at.OpenApprovals.Any(question => question.Name == "readiness-review"), "the readiness review", skipsSoaks: true);
        var question = (await run.Scenario.StatusAsync()).OpenApprovals.Single();

        await run.Scenario.WhenAsync(RunVerb.Reject, "barbara", "no runbook for the new queue", question.ApprovalId);

        var status = await run.Scenario.StatusAsync();
        Assert.Equal(RunState.Holding, status.State);
        Assert.EndsWith("[owned by sre]", status.Because, StringComparison.Ordinal);
        Assert.Contains(await run.Scenario.RecordAsync(), entry => entry.Kind == RunLogKind.Announced && entry.Message.StartsWith("To sre (barbara, linus)", StringComparison.Ordinal) && entry.Message.Contains("readiness-review", StringComparison.Ordinal));
    }

    [Fact]
    [Requirement("D7", "phase2-api")]
    public async Task EveryChange_OfTheFlagAndEveryVote_IsKeptWithWhoDidIt()
    {
        await using var scene = await Phase2Scene.StartAsync();
        await using var run = await scene.RunAsync();

        await run.UntilAsync(at => at.Stage == "staging" && at.State == RunState.Soaking, "the beta's soak", skipsSoaks: true);

        var audit = await run.Scenario.Flags.AuditAsync(Phase2Scene.Flag);
        Assert.Equal(2, audit.Count);
        Assert.All(audit, entry => Assert.Contains(ShippedRollout.RunId, entry.ToString(), StringComparison.Ordinal));
        var votes = (await run.Scenario.RecordAsync()).Where(entry => entry.Kind == RunLogKind.CommandAccepted && entry.Message.Contains("approve", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(votes);
        Assert.All(votes, vote => Assert.NotNull(vote.Actor));
    }
}
