using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.ShippedPlaybooks.Tests.Phase2;

/// <summary>phase2-api where nothing goes wrong.</summary>
public sealed class Phase2GoodWayTests
{
    [Fact]
    [Requirement("G1", "phase2-api")]
    [Requirement("G3", "phase2-api")]
    [Requirement("K5", "phase2-api")]
    [Requirement("K7", "phase2-api")]
    [Requirement("A7", "phase2-api")]
    [Requirement("M3", "phase2-api")]
    public async Task Run_WithASoundGateway_ReachesEveryMilestoneAndEverybody()
    {
        await using var scene = await Phase2Scene.StartAsync();
        await using var run = await scene.RunAsync();

        await run.UntilAsync(at => at.State == RunState.Succeeded, "success", pace: TimeSpan.FromHours(1));

        var record = await run.Scenario.RecordAsync();
        Assert.Equal(["contract", "internal-lab", "staging", "global-canary", "global"], record.Where(entry => entry.Kind == RunLogKind.StagePromoted).Select(entry => entry.Stage));
        Assert.Equal(["M0", "M1", "M2", "M3"], record.Where(entry => entry.Kind == RunLogKind.StagePromoted).SelectMany(entry => new[] { "M0", "M1", "M2", "M3" }.Where(id => entry.Message.Contains(id, StringComparison.Ordinal))));
        Assert.All(Shipped.Load("phase2-api").Stages.Select(stage => stage.Milestone).OfType<Milestone>(), milestone => Assert.Contains($"Milestone {milestone.Id}: {milestone.Title}, reached", scene.Issues[0].Body, StringComparison.Ordinal));

        Assert.Equal(100, await run.Scenario.PercentAsync(Phase2Scene.Flag));
        Assert.Equal("# The gateway reads this at each request.\nPHASE2_ENABLED=true\nPHASE2_DEFAULT=v2\nWORKERS=4\n", (await run.WorldAsync())["files/gateway.env"]);
        Assert.Equal("v2", (await scene.AskAsync("version")).GetProperty("version").GetString());

        // Each audience hears what concerns it, and customers nothing before phase 2 is theirs.
        Assert.Equal(["Phase 2 is open to everybody under /v2; /v1 goes on through its shims."], await scene.ToldAsync("customers"));
        Assert.Contains(await scene.ToldAsync("support"), told => told.StartsWith("The beta of phase 2 is open to", StringComparison.Ordinal));
        Assert.Contains("The rollout of phase 2 (run run-1) ended: Succeeded.", await scene.ToldAsync("engineering"));
    }

    [Fact]
    [Requirement("K7", "phase2-api")]
    public async Task Lab_OpenToIt_IsServedPhase2WhileEverybodyElseStaysOnPhase1()
    {
        await using var scene = await Phase2Scene.StartAsync();
        await using var run = await scene.RunAsync();

        await run.UntilAsync(at => at.Stage == "internal-lab" && at.State == RunState.Soaking, "the lab's soak");

        Assert.Equal((200, 404), (await scene.StatusOfAsync("v2/runs", "lab-1", "lab"), await scene.StatusOfAsync("v2/runs", "user-1", "customers")));
        Assert.Equal((200, 5), (await scene.StatusOfAsync("v1/runs", "user-1", "customers"), (await scene.AskAsync("status.json")).GetProperty("exposedUsers").GetInt32()));
    }
}
