using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.ShippedPlaybooks.Tests.Cloak;

/// <summary>Somebody by name answers for cloak-marketplace: at its start, at each promotion, and after a handover.</summary>
public sealed class CloakOwnerTests
{
    [Fact]
    [Requirement("G7", "cloak-marketplace")]
    [Requirement("G4", "cloak-marketplace")]
    public async Task Owner_ConfirmsTheStartAndHandsOver_TheNewOneConfirmsThePromotion()
    {
        await using var scene = await CloakScene.StartAsync(startedBy: "edsger");
        await using var run = await scene.RunAsync();
        var start = Assert.Single((await run.Scenario.StatusAsync()).OpenApprovals);
        Assert.Equal(("owner", "internal-dry-run"), (start.Name, start.Stage));
        Assert.Equal(["ada", "grace", "linus"], start.Electorate);

        await run.Scenario.WhenAsync(RunVerb.Approve, "linus", "I am on call", start.ApprovalId);
        await run.Scenario.WhenAsync(RunVerb.Handover, "linus", "end of my shift", to: "margaret");
        await run.UntilAsync(at => at.OpenApprovals.Count > 0, "the question about the promotion", skipsSoaks: true, pace: TimeSpan.FromMinutes(30));

        var promotion = Assert.Single((await run.Scenario.StatusAsync()).OpenApprovals);
        Assert.Equal(RunLogKind.CommandRefused, (await run.Scenario.WhenAsync(RunVerb.Approve, "linus", "still me", promotion.ApprovalId)).Kind);
        await run.Scenario.WhenAsync(RunVerb.Approve, "margaret", "mine now", promotion.ApprovalId);
        await run.UntilAsync(at => at.Stages[0].State == StageState.Promoted, "the promotion");
        Assert.Contains(await run.Scenario.RecordAsync(), entry => entry is { Kind: RunLogKind.OwnerChanged, Actor: "linus", Reason: "end of my shift" });
    }

    [Fact]
    [Requirement("G7", "cloak-marketplace", BadWay = true)]
    public async Task Owner_SaysNoToTheStart_HoldsBeforeAnythingIsSwitchedOn()
    {
        await using var scene = await CloakScene.StartAsync(startedBy: "edsger");
        await using var run = await scene.RunAsync();
        var start = Assert.Single((await run.Scenario.StatusAsync()).OpenApprovals);

        Assert.Equal(RunLogKind.CommandRefused, (await run.Scenario.WhenAsync(RunVerb.Approve, "edsger", "I started it", start.ApprovalId)).Kind);
        await run.Scenario.WhenAsync(RunVerb.Reject, "grace", "nobody is on call tonight", start.ApprovalId);
        await run.Scenario.WhenTimePassesAsync(TimeSpan.FromDays(2));

        Assert.Equal(RunState.Holding, (await run.Scenario.StatusAsync()).State);
        Assert.Equal(run.WorldBefore, await run.WorldAsync());
    }

    [Fact]
    [Requirement("G7", "cloak-marketplace", BadWay = true)]
    [Requirement("G1", "cloak-marketplace", BadWay = true)]
    public async Task Promotion_WithoutTheOwnersWord_Waits()
    {
        await using var scene = await CloakScene.StartAsync();
        await using var run = await scene.RunAsync();
        await run.UntilAsync(at => at.OpenApprovals.Any(open => open.Name == "owner" && open.Stage == "internal-dry-run"), "the question to the owner", skipsSoaks: true, pace: TimeSpan.FromMinutes(30));

        await run.Scenario.WhenTimePassesAsync(TimeSpan.FromHours(6));

        Assert.Equal(StageState.Open, (await run.Scenario.StatusAsync()).Stages[0].State);
        Assert.Empty(scene.Tracker);
    }
}
