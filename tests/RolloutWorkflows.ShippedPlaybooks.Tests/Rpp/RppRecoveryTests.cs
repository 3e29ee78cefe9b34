using RolloutWorkflows.Orchestrations;
using RppChain;

namespace RolloutWorkflows.ShippedPlaybooks.Tests.Rpp;

/// <summary>rpp-chain where the chain breaks on the way, and what it takes to try again.</summary>
public sealed class RppRecoveryTests
{
    [Fact]
    [Requirement("A6", "rpp-chain", BadWay = true)]
    public async Task SmokeTests_ThatFail_PutThePreviousBuildBack()
    {
        await using var scene = await RppScene.StartAsync();
        scene.Project.EndsWorkflowsAs = "failure";
        await using var run = await scene.RunAsync();

        await run.UntilAsync(at => at.State == RunState.RolledBack, "a rollback");

        Assert.Equal("1.3.0", scene.Chain.Releases["development"]);
        Assert.Equal("Development deployment failed", Assert.Single(scene.Incidents).Title);
    }

    [Fact]
    [Requirement("B3", "rpp-chain", BadWay = true)]
    public async Task Freeze_OfSomebodyElse_IsNotLiftedByARunThatNeverCameToMainnet()
    {
        await using var scene = await RppScene.StartAsync();
        scene.Chain.IsFrozen = true;
        await using var run = await scene.SoakingAsync("development");

        await run.Scenario.WhenAsync(RunVerb.Abort, "grace", "another release goes first");
        await run.UntilAsync(at => at.State == RunState.Aborted, "an end");

        Assert.True(scene.Chain.IsFrozen);
        Assert.Contains("finally unfreeze (http/request) skipped", await run.RecordTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("A5", "rpp-chain", BadWay = true)]
    public async Task Rewards_FailOnTheCanaries_AreSwitchedOffThereAndTestnetStays()
    {
        await using var scene = await RppScene.StartAsync();
        await using var run = await scene.SoakingAsync("canary-rewards");

        scene.Chain.SetFault(Fault.RewardErrors, on: true);
        await run.UntilAsync(at => at.State == RunState.RolledBack, "a rollback");

        Assert.Empty(scene.NodesWith("timetoke_rewards"));
        Assert.Equal(["test-1", "test-2"], scene.NodesWith("malachite_consensus"));
        Assert.Contains(await scene.ToldAsync("public"), told => told.StartsWith("Incident (high): Canary rewards were switched off. Rewards are off again", StringComparison.Ordinal) && told.Contains("Next: ", StringComparison.Ordinal));
        // The chain goes on, so its storage is left alone.
        var plays = (await run.Scenario.StatusAsync()).Rollback!.Steps;
        Assert.Equal(["fall-back", "restore", "replay", "proofs", "same-storage"], plays.Where(play => play.Verdict == StepVerdict.Skipped).Select(play => play.StepId));
        Assert.DoesNotContain(await scene.ToldAsync("validators"), told => told.StartsWith("The chain halts", StringComparison.Ordinal));
    }

    [Fact]
    [Requirement("B4", "rpp-chain")]
    public async Task Chain_HaltsWithItsStorageDamaged_IsRestoredReplayedAndVerified()
    {
        await using var scene = await RppScene.StartAsync();
        await using var run = await scene.SoakingAsync("canary-witness");

        scene.Chain.SetFault(Fault.ChainHalt, on: true);
        await run.UntilAsync(at => at.State == RunState.RolledBack, "a rollback");

        Assert.Equal((ChainStorage.Sound, true), scene.Storage);
        var plays = (await run.Scenario.StatusAsync()).Rollback!.Steps;
        Assert.Equal(["votes", "fall-back", "restore", "replay", "proofs", "incident", "same-storage"], plays.Select(play => play.StepId));
        Assert.All(plays, play => Assert.Equal(StepVerdict.Passed, play.Verdict));
        Assert.Empty(scene.NodesWith("timetoke_rewards").Concat(scene.NodesWith("witness_network")));
        Assert.Equal(["test-1", "test-2"], scene.NodesWith("malachite_consensus"));
    }

    [Fact]
    [Requirement("B4", "rpp-chain")]
    public async Task Snapshot_WrittenWhileTheStageSoaked_IsNotTheOneThatIsRestored()
    {
        await using var scene = await RppScene.StartAsync();
        await using var run = await scene.SoakingAsync("canary-rewards");
        // Signed and newer, but written by the release that is to go.
        scene.SignSnapshot("height-4300", manifest => manifest.Replace("2026-03-02T09:00:00Z", "2026-03-02T09:00:01Z", StringComparison.Ordinal));

        scene.Chain.SetFault(Fault.ChainHalt, on: true);
        await run.UntilAsync(at => at.State == RunState.RolledBack, "a rollback");

        var restored = (await run.Scenario.StatusAsync()).Rollback!.Steps.Single(play => play.StepId == "restore");
        Assert.Contains("is restored to height-4200", restored.Message, StringComparison.Ordinal);
        Assert.Contains(await scene.ToldAsync("validators"), told => told.StartsWith("The chain halts. Its storage goes back to snapshot height-4200", StringComparison.Ordinal));
    }

    [Fact]
    [Requirement("B4", "rpp-chain", BadWay = true)]
    public async Task Snapshot_ThatCannotBeTrustedAnyMore_IsNotRestoredAndTheRunSaysSo()
    {
        await using var scene = await RppScene.StartAsync();
        await using var run = await scene.SoakingAsync("canary-rewards");
        scene.Edit("snapshots/storage/height-4200/manifest.json", text => text.Replace("5fe3ec", "000000", StringComparison.Ordinal));

        scene.Chain.SetFault(Fault.ChainHalt, on: true);
        await run.UntilAsync(at => at.State == RunState.RolledBack, "a rollback");

        // The gates are off all the same: what follows the compensation never stands in its way.
        Assert.Empty(scene.NodesWith("timetoke_rewards"));
        Assert.NotEqual(ChainStorage.Sound, scene.Storage.Root);
        var report = (await run.Scenario.StatusAsync()).Rollback!;
        Assert.Equal(StepVerdict.Errored, report.Steps.Single(play => play.StepId == "restore").Verdict);
        Assert.Contains("recovery restore errored", (await run.Scenario.StatusAsync()).Because, StringComparison.Ordinal);
        Assert.Contains(await scene.ToldAsync("ops"), told => told.Contains("verify same-storage failed", StringComparison.Ordinal));
    }

    [Fact]
    [Requirement("H5", "rpp-chain", BadWay = true)]
    public async Task Retry_AfterARollback_WithoutTheCouncil_LeavesRewardsOff()
    {
        await using var scene = await RppScene.StartAsync();
        await using var run = await RolledBackAsync(scene);

        await run.Scenario.WhenAsync(RunVerb.Retry, "grace", "mended");
        // The stage's own checks are asked for again first.
        await run.UntilAsync(at => at.OpenApprovals.Any(question => question.Electorate.Contains("gina")), "a question to the council");
        var asked = Assert.Single((await run.Scenario.StatusAsync()).OpenApprovals);
        Assert.Equal((2, "gina greta gustav"), (asked.Needed, string.Join(' ', asked.Electorate.Order(StringComparer.Ordinal))));

        await run.Scenario.WhenAsync(RunVerb.Approve, "gina", "fine", asked.ApprovalId);
        await run.Scenario.WhenAsync(RunVerb.Reject, "gustav", "not before the audit", asked.ApprovalId);
        await run.Scenario.WhenAsync(RunVerb.Reject, "greta", "not before the audit", asked.ApprovalId);

        Assert.Equal(RunState.Holding, (await run.Scenario.StatusAsync()).State);
        Assert.Empty(scene.NodesWith("timetoke_rewards"));
    }

    [Fact]
    [Requirement("H5", "rpp-chain")]
    [Requirement("B5", "rpp-chain")]
    [Requirement("B5", "rpp-chain", BadWay = true)]
    public async Task Retry_ThatTheCouncilApproves_EnablesRewardsAgainAndIsPromotedOnceTheIncidentIsClosed()
    {
        await using var scene = await RppScene.StartAsync();
        await using var run = await RolledBackAsync(scene);
        var incident = Assert.Single(scene.Incidents);
        Assert.Contains("reward-errors", incident.Body, StringComparison.Ordinal);

        await run.Scenario.WhenAsync(RunVerb.Retry, "grace", "mended");
        await run.UntilAsync(at => at is { Stage: "canary-rewards", State: RunState.Soaking }, "rewards again");
        Assert.Equal(["canary-1", "canary-2"], scene.NodesWith("timetoke_rewards"));

        await run.UntilAsync(at => at.State == RunState.Holding, "a hold for the incident", skipsSoaks: true);
        Assert.Contains("incident", (await run.Scenario.StatusAsync()).Because, StringComparison.Ordinal);
        incident.Open = false;
        await run.Scenario.WhenAsync(RunVerb.Retry, "grace", "the incident is closed");
        await run.UntilAsync(at => at is { Stage: "canary-witness", State: RunState.Soaking }, "the next stage", skipsSoaks: true);
    }

    [Fact]
    [Requirement("B4", "rpp-chain")]
    public async Task Mainnet_TakenBackByAPersonWhileConsensusIsSound_KeepsItsStorage()
    {
        await using var scene = await RppScene.StartAsync();
        await using var run = await scene.SoakingAsync("mainnet");

        await run.Scenario.WhenAsync(RunVerb.Rollback, "carl", "a complaint of the exchanges");
        await run.UntilAsync(at => at.State == RunState.RolledBack, "a rollback");

        var plays = (await run.Scenario.StatusAsync()).Rollback!.Steps;
        Assert.Equal(["restore", "replay", "proofs", "same-storage"], plays.Where(play => play.Verdict == StepVerdict.Skipped).Select(play => play.StepId));
        Assert.Equal("1.3.0", scene.Chain.Releases["mainnet"]);
    }

    [Fact]
    [Requirement("B3", "rpp-chain")]
    public async Task Consensus_StallsOnMainnet_GoesBackToTheCanaryConfigurationNewestFirst()
    {
        await using var scene = await RppScene.StartAsync();
        await using var run = await scene.SoakingAsync("mainnet");

        scene.Chain.SetFault(Fault.ConsensusStall, on: true);
        await run.UntilAsync(at => at.State == RunState.RolledBack, "a rollback");

        Assert.Equal(["canary-1", "canary-2"], scene.NodesWith("witness_network"));
        Assert.Equal(["canary-1", "canary-2"], scene.NodesWith("timetoke_rewards"));
        Assert.Equal(["test-1", "test-2"], scene.NodesWith("malachite_consensus"));
        Assert.Equal(("1.3.0", false), (scene.Chain.Releases["mainnet"], scene.Chain.IsFrozen));
        var undone = (await run.Scenario.RecordAsync()).Where(entry => entry.Kind == RunLogKind.EffectCompensated).Select(entry => entry.Message).ToList();
        Assert.Collection(
            undone,
            last => Assert.StartsWith("gates:nodes/{node}/node.toml#rollout.feature_gates[canary-1,canary-2,val-1,val-2]", last, StringComparison.Ordinal),
            deployed => Assert.Contains("/clusters/mainnet/release was undone", deployed, StringComparison.Ordinal),
            first => Assert.Contains("/governance/freeze was undone", first, StringComparison.Ordinal));
        var report = (await run.Scenario.StatusAsync()).Rollback!;
        Assert.True(report.ObjectiveMet);
        Assert.Equal(["votes", "halt", "restore", "replay", "proofs", "incident", "same-storage"], report.Steps.Where(play => play.Verdict == StepVerdict.Passed).Select(play => play.StepId));
        Assert.Single(scene.Incidents, issue => issue.Labels.Contains("severity:critical"));
    }

    private static async Task<ShippedRollout> RolledBackAsync(RppScene scene)
    {
        var run = await scene.SoakingAsync("canary-rewards");
        scene.Chain.SetFault(Fault.RewardErrors, on: true);
        await run.UntilAsync(at => at.State == RunState.RolledBack, "a rollback");
        scene.Chain.SetFault(Fault.RewardErrors, on: false);
        return run;
    }
}
