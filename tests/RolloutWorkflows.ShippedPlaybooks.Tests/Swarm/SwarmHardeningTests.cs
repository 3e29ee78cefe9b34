using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.ShippedPlaybooks.Tests.Swarm;

/// <summary>swarm-hardening, a run for a release candidate.</summary>
public sealed class SwarmHardeningTests
{
    [Fact]
    [Requirement("K11", "swarm-hardening")]
    public async Task Candidate_WithstandsChaosAndTheDrill_Passes()
    {
        await using var swarm = await SwarmScene.StartAsync();
        await using var run = await ShippedRollout.StartAsync(swarm.Start(Shipped.Load("swarm-hardening"), new { candidate = "v1.4.0-rc.2", trends = false }));

        await run.UntilAsync(at => at.State == RunState.Succeeded, "success", skipsSoaks: true);

        var steps = (await run.Scenario.StatusAsync()).Stages.SelectMany(stage => stage.Steps).ToDictionary(step => step.StepId, step => step.Verdict);
        Assert.Equal((StepVerdict.Passed, StepVerdict.Passed, StepVerdict.Passed), (steps["suites"], steps["restore"], steps["parity"]));
        Assert.Equal([10, 10, 10], swarm.Swarm.Played.Values);
        Assert.Equal(["quiet", "restored checkpoint-0001 on the isolated mesh", "talking"], swarm.Swarm.Events);
        Assert.Equal("v1.4.0-rc.2", swarm.Swarm.Candidate);
    }

    [Fact]
    [Requirement("B3", "swarm-hardening")]
    [Requirement("B4", "swarm-hardening")]
    [Requirement("B7", "swarm-hardening")]
    public async Task Candidate_LosesAPayloadUnderChaos_IsRevertedWhilePeersAreQuiet()
    {
        await using var swarm = await SwarmScene.StartAsync("lost-payload");
        await using var run = await ShippedRollout.StartAsync(swarm.Start(Shipped.Load("swarm-hardening")));

        await run.UntilAsync(at => at.State == RunState.RolledBack, "a rollback");

        var undone = (await run.Scenario.StatusAsync()).Rollback!.Effects.Select(effect => effect.Target).ToList();
        Assert.Equal((2, "flag:credits_candidate_mesh"), (undone.Count, undone[0]));
        Assert.Contains("/mesh/candidates/", undone[1], StringComparison.Ordinal);
        Assert.Equal(["quiesce-peers", "tell-peers", "revert", "rejoin", "hash-parity"], (await SwarmScene.WayBackAsync(run)).Keys);
        Assert.Equal(["quiet", "restored checkpoint-0001 on the isolated mesh", "talking"], swarm.Swarm.Events);
        Assert.Null(swarm.Swarm.Candidate);
        Assert.Equal(run.WorldBefore, await run.WorldAsync());
        Assert.Equal(await swarm.LedgerRootAsync(), await swarm.MeshRootAsync());
    }

    [Fact]
    [Requirement("K11", "swarm-hardening", BadWay = true)]
    [Requirement("B4", "swarm-hardening", BadWay = true)]
    [Requirement("B7", "swarm-hardening", BadWay = true)]
    public async Task Drill_ThatRestoresNothing_TakesTheCandidateBackAndPeersStayQuiet()
    {
        await using var swarm = await SwarmScene.StartAsync("broken-restore");
        await using var run = await ShippedRollout.StartAsync(swarm.Start(Shipped.Load("swarm-hardening")));

        await run.UntilAsync(at => at.State == RunState.RolledBack, "a rollback", skipsSoaks: true);

        Assert.Contains("restore of recovery-drill failed", (await run.Scenario.StatusAsync()).Rollback!.Cause, StringComparison.Ordinal);
        Assert.Null(swarm.Swarm.Candidate);
        Assert.True(swarm.Swarm.Quiesced);
    }
}
