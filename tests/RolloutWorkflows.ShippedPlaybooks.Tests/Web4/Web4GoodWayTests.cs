using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.ShippedPlaybooks.Tests.Web4;

/// <summary>web4-mycelia where nothing goes wrong.</summary>
public sealed class Web4GoodWayTests
{
    [Fact]
    [Requirement("A2", "web4-mycelia")]
    [Requirement("G1", "web4-mycelia")]
    public async Task Run_WithASoundService_ReachesEverybodyStageByStage()
    {
        await using var service = await Web4Scene.StartAsync();
        await using var run = await ShippedRollout.StartAsync(service.Start(Shipped.Load("web4-mycelia")));

        await run.UntilAsync(at => at.State == RunState.Succeeded, "success", pace: TimeSpan.FromHours(1));

        Assert.Equal(100, await run.Scenario.PercentAsync("intent_bar_v1_rollout"));
        var promoted = (await run.Scenario.RecordAsync()).Where(entry => entry.Kind == RunLogKind.StagePromoted).Select(entry => entry.Stage);
        Assert.Equal(["preparation", "canary", "one-percent", "ten-percent", "fifty-percent", "everybody"], promoted);
    }
}
