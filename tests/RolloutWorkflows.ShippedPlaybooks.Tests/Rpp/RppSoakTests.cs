using RolloutWorkflows.Orchestrations;
using RppChain;

namespace RolloutWorkflows.ShippedPlaybooks.Tests.Rpp;

/// <summary>rpp-chain while it soaks: what counts, what does not, and who hears of it.</summary>
public sealed class RppSoakTests
{
    [Fact]
    [Requirement("M1", "rpp-chain", BadWay = true)]
    public async Task Development_OneBadMeasurementAndARestartOfTheServer_BeginsItsHoursAgain()
    {
        await using var scene = await RppScene.StartAsync();
        await using var run = await scene.SoakingAsync("development");
        await run.Scenario.WhenTimePassesAsync(TimeSpan.FromHours(40));

        scene.Chain.SetFault(Fault.LatencySpike, on: true);
        await run.Scenario.WhenTimePassesAsync(TimeSpan.FromMinutes(5));
        scene.Chain.SetFault(Fault.LatencySpike, on: false);
        await run.Scenario.WhenTheServerRestartsAsync();
        await run.Scenario.WhenTimePassesAsync(TimeSpan.FromHours(9));

        var soak = await run.Scenario.SoakAsync("development");
        Assert.Equal((false, 1), (soak.Passed, soak.Resets));
        Assert.InRange(soak.Counted, TimeSpan.FromHours(8.5), TimeSpan.FromHours(9.1));
        Assert.Equal("development", (await run.Scenario.StatusAsync()).Stage);
    }

    [Fact]
    [Requirement("M2", "rpp-chain", BadWay = true)]
    public async Task Testnet_EpochsBeforeABreach_DoNotCount()
    {
        await using var scene = await RppScene.StartAsync();
        await using var run = await scene.SoakingAsync("testnet");
        var epochs = scene.Chain.Measure().FinalizedEpochs;
        await run.Scenario.WhenTimePassesAsync(TimeSpan.FromHours(6));

        scene.Chain.SetFault(Fault.GossipUnstable, on: true);
        await run.Scenario.WhenTimePassesAsync(TimeSpan.FromMinutes(5));
        scene.Chain.SetFault(Fault.GossipUnstable, on: false);
        await run.Scenario.WhenTimePassesAsync(TimeSpan.FromHours(6));

        Assert.InRange(scene.Chain.Measure().FinalizedEpochs - epochs, 11, 13);
        var counted = Assert.Single((await run.Scenario.SoakAsync("testnet")).Counts);
        Assert.InRange(counted.Counted, 5, 6);
        Assert.Equal(("testnet", RunState.Soaking), ((await run.Scenario.StatusAsync()).Stage, (await run.Scenario.StatusAsync()).State));
    }

    [Fact]
    [Requirement("M6", "rpp-chain", BadWay = true)]
    public async Task Page_DuringTheSoak_HoldsTheRunAndItsHoursBeginAgain()
    {
        await using var scene = await RppScene.StartAsync();
        await using var run = await scene.SoakingAsync("development");
        await run.Scenario.WhenTimePassesAsync(TimeSpan.FromHours(20));

        scene.Chain.SetFault(Fault.PeerLost, on: true);
        await run.UntilAsync(at => at.State == RunState.Holding, "a hold");
        Assert.Contains("PeerLost", (await run.Scenario.StatusAsync()).Because, StringComparison.Ordinal);
        Assert.Contains(await scene.ToldAsync("ops"), told => told.StartsWith("For carl: ", StringComparison.Ordinal) && told.Contains("PeerLost", StringComparison.Ordinal));

        scene.Chain.SetFault(Fault.PeerLost, on: false);
        await run.Scenario.WhenAsync(RunVerb.Resume, "grace", "the peer is back");
        await run.Scenario.WhenTimePassesAsync(TimeSpan.FromHours(5));
        var soak = await run.Scenario.SoakAsync("development");
        Assert.True(soak.Resets >= 1 && soak.Counted <= TimeSpan.FromHours(5), $"{soak}");
        Assert.Equal("1.4.0", scene.Chain.Releases["development"]);
    }

    [Fact]
    [Requirement("M9", "rpp-chain")]
    public async Task Latency_AFifthAboveTheBaseline_IsToldToTheCommanderAndTestnetGoesOn()
    {
        await using var scene = await RppScene.StartAsync();
        await using var run = await scene.SoakingAsync("testnet");

        scene.Chain.SetFault(Fault.Slow, on: true);
        await run.Scenario.WhenTimePassesAsync(TimeSpan.FromHours(1));

        Assert.Contains(await scene.ToldAsync("ops"), told => told.StartsWith("For carl: ", StringComparison.Ordinal) && told.Contains("latency-against-development", StringComparison.Ordinal));
        Assert.Equal(RunState.Soaking, (await run.Scenario.StatusAsync()).State);
        Assert.Equal(["test-1", "test-2"], scene.NodesWith("malachite_consensus"));
    }

    [Fact]
    [Requirement("M3", "rpp-chain", BadWay = true)]
    [Requirement("M9", "rpp-chain", BadWay = true)]
    [Requirement("A6", "rpp-chain", BadWay = true)]
    [Requirement("A7", "rpp-chain", BadWay = true)]
    public async Task Gossip_UnstableOnTestnet_IsTakenBackAndToldToValidatorsAndCommander()
    {
        await using var scene = await RppScene.StartAsync();
        await using var run = await scene.SoakingAsync("testnet");

        scene.Chain.SetFault(Fault.GossipUnstable, on: true);
        await run.UntilAsync(at => at.State == RunState.RolledBack, "a rollback");

        Assert.Empty(scene.NodesWith("malachite_consensus"));
        Assert.Equal(("1.3.0", "1.4.0"), (scene.Chain.Releases["testnet"], scene.Chain.Releases["development"]));
        Assert.Contains(await scene.ToldAsync("validators"), told => told.StartsWith("The testnet rollout is halted: ", StringComparison.Ordinal) && told.Contains("gossip-stability", StringComparison.Ordinal));
        Assert.Contains(await scene.ToldAsync("ops"), told => told.StartsWith("For carl: ", StringComparison.Ordinal) && told.Contains("gossip-stability", StringComparison.Ordinal));
        var incident = Assert.Single(scene.Incidents);
        Assert.Contains("governance", incident.Labels);
        Assert.Contains("Gate malachite_consensus is off again on testnet", incident.Body, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("M5", "rpp-chain", BadWay = true)]
    public async Task Latency_TwiceTheBaselineOfDevelopment_HoldsMainnetForTheCommander() => await HoldsMainnetAsync(Fault.Slow, "mainnet-latency");

    [Theory]
    [InlineData(Fault.RewardErrors, "mainnet-rewards")]
    [InlineData(Fault.ProofsLate, "mainnet-proofs")]
    [Requirement("M9", "rpp-chain", BadWay = true)]
    public Task Anomaly_OnMainnetWhileConsensusIsSound_HoldsItForTheCommander(string fault, string guardrail) => HoldsMainnetAsync(fault, guardrail);

    [Fact]
    [Requirement("M5", "rpp-chain", BadWay = true)]
    public async Task ProofQueue_LongerThanInDevelopment_KeepsTheCanariesFromMainnet()
    {
        await using var scene = await RppScene.StartAsync();
        await using var run = await scene.SoakingAsync("canary-witness");

        scene.Chain.SetFault(Fault.ProofsLate, on: true);
        await run.Scenario.WhenTimePassesAsync(TimeSpan.FromHours(9));

        Assert.Equal("canary-witness", (await run.Scenario.StatusAsync()).Stage);
        Assert.Contains("no-longer-queue", await run.RecordTextAsync(), StringComparison.Ordinal);
    }

    private static async Task HoldsMainnetAsync(string fault, string guardrail)
    {
        await using var scene = await RppScene.StartAsync();
        await using var run = await scene.SoakingAsync("mainnet");

        scene.Chain.SetFault(fault, on: true);
        await run.UntilAsync(at => at.State == RunState.Holding, "a hold");
        await run.Scenario.WhenTimePassesAsync(TimeSpan.FromHours(1));

        // Only a stall of consensus takes mainnet back without anybody.
        var status = await run.Scenario.StatusAsync();
        Assert.Equal(RunState.Holding, status.State);
        Assert.Contains(guardrail, status.Because, StringComparison.Ordinal);
        Assert.Contains(await scene.ToldAsync("ops"), told => told.StartsWith("For carl: ", StringComparison.Ordinal) && told.Contains(guardrail, StringComparison.Ordinal));
        Assert.Equal(["canary-1", "canary-2", "val-1", "val-2"], scene.NodesWith("witness_network"));
    }

    [Fact]
    [Requirement("M8", "rpp-chain", BadWay = true)]
    public async Task Consensus_StallsInTheWatchAfterTheLastPromotion_GoesBackToTheCanaryConfiguration()
    {
        await using var scene = await RppScene.StartAsync();
        await using var run = await scene.RunAsync();
        await run.UntilAsync(at => at.Stages.All(stage => stage.State == StageState.Promoted), "the last promotion", skipsSoaks: true);
        await run.Scenario.WhenTimePassesAsync(TimeSpan.FromHours(4));

        scene.Chain.SetFault(Fault.ConsensusStall, on: true);
        await run.UntilAsync(at => at.State == RunState.RolledBack, "a rollback");

        Assert.Equal(["canary-1", "canary-2"], scene.NodesWith("witness_network"));
        Assert.Equal("1.3.0", scene.Chain.Releases["mainnet"]);
    }
}
