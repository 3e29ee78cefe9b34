using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.ShippedPlaybooks.Tests.Swarm;

/// <summary>The ways back of swarm-credits: to the last checkpoint that the council signed.</summary>
public sealed class SwarmCreditsRecoveryTests
{
    [Fact]
    [Requirement("K8", "swarm-credits", BadWay = true)]
    [Requirement("B4", "swarm-credits")]
    public async Task Payload_LostInAScenario_DryRunIsTakenBackToTheLastCheckpoint()
    {
        await using var swarm = await SwarmScene.StartAsync("lost-payload");
        await using var run = await ShippedRollout.StartAsync(swarm.Start(Shipped.Load("swarm-credits")));

        await run.UntilAsync(at => at.State == RunState.RolledBack, "a rollback");

        Assert.Contains("mesh/scenarios/ledger-replay/", (await run.Scenario.StatusAsync()).Rollback!.Cause, StringComparison.Ordinal);
        // The first failure ends the scenario.
        Assert.InRange(swarm.Swarm.Played["ledger-replay"], 1, 4);
        var steps = await SwarmScene.WayBackAsync(run);
        Assert.Equal(["reset-local-stores", "replay-signed-logs", "reissue-checkpoint", "hash-parity"], steps.Keys);
        Assert.All(steps, step => Assert.Equal(StepVerdict.Passed, step.Value));
        Assert.Equal(["restored checkpoint-0001 on the isolated mesh"], swarm.Swarm.Events);
        Assert.Equal(await swarm.LedgerRootAsync(), await swarm.MeshRootAsync());
        Assert.Equal(run.WorldBefore, await run.WorldAsync());
    }

    [Fact]
    [Requirement("B4", "swarm-credits", BadWay = true)]
    [Requirement("K11", "swarm-credits", BadWay = true)]
    public async Task Restore_ThatDoesNothing_HashParityFailsOnTheWayBack()
    {
        await using var swarm = await SwarmScene.StartAsync("broken-restore");
        await using var run = await ShippedRollout.StartAsync(swarm.Start(Shipped.Load("swarm-credits")));
        await run.UntilAsync(at => at.State == RunState.Soaking, "the soak of the dry run");

        await run.Scenario.WhenAsync(RunVerb.Rollback, "root", "a drill of the drill", isAdmin: true);
        await run.UntilAsync(at => at.State == RunState.RolledBack, "a rollback");

        var steps = await SwarmScene.WayBackAsync(run);
        Assert.Equal((StepVerdict.Failed, StepVerdict.Failed), (steps["reissue-checkpoint"], steps["hash-parity"]));
        Assert.Contains((await run.Scenario.StatusAsync()).Rollback!.Steps, step => step.StepId == "hash-parity" && step.Message.Contains("changed: balances.json", StringComparison.Ordinal));
    }

    [Fact]
    [Requirement("B3", "swarm-credits")]
    [Requirement("B4", "swarm-credits")]
    public async Task ConflictingRoots_InTheBeta_ClaimsEndFirstAndTheLatestChangeIsUndoneFirst()
    {
        await using var swarm = await SwarmScene.StartAsync();
        await using var run = await ShippedRollout.StartAsync(swarm.Start(Shipped.Load("swarm-credits")));
        await run.UntilAsync(at => at is { Stage: "limited-beta", State: RunState.Soaking }, "the soak of the beta", skipsSoaks: true, pace: TimeSpan.FromHours(1));
        Assert.True(swarm.Swarm.Endorsed);
        var drilled = swarm.Swarm.Events.Count;

        swarm.Swarm.Switch("conflicting-roots", on: true);
        await run.UntilAsync(at => at.State == RunState.RolledBack, "a rollback");

        var report = (await run.Scenario.StatusAsync()).Rollback!;
        Assert.Equal(["flag:credits_v1", "http/request endorse"], report.Effects.Select(effect => effect.Target.StartsWith("flag:", StringComparison.Ordinal) ? effect.Target : "http/request endorse"));
        Assert.Equal(["endorsements revoked", "read-only", "restored checkpoint-0001", "writable"], swarm.Swarm.Events.Skip(drilled));
        Assert.False((await run.Scenario.Flags.FindAsync("credits_v1"))!.Canary.Enabled);
        // The dry run's own change stays: a stage goes back alone.
        Assert.True((await run.Scenario.Flags.FindAsync("credits_dry_run"))!.Enabled);
    }

    [Fact]
    [Requirement("B7", "swarm-credits")]
    public async Task Quorum_DropsBelowTwoThirds_PeersAreQuietBeforeAnythingIsRevertedAndRejoinWithEqualHashes()
    {
        await using var swarm = await SwarmScene.StartAsync();
        await using var run = await ShippedRollout.StartAsync(swarm.Start(Shipped.Load("swarm-credits")));
        await run.UntilAsync(at => at is { Stage: "broad-rollout", State: RunState.Soaking }, "the soak of broad-rollout", skipsSoaks: true, pace: TimeSpan.FromHours(1));
        var before = swarm.Swarm.Events.Count;

        swarm.Swarm.Switch("quorum-drop", on: true);
        await run.UntilAsync(at => at.State == RunState.RolledBack, "a rollback");

        var steps = await SwarmScene.WayBackAsync(run);
        Assert.Equal(["quiesce-peers", "revert-registry", "guide-community", "resync", "gossip-hashes", "operators-hashes", "rejoin", "hash-parity"], steps.Keys);
        Assert.All(steps, step => Assert.Equal(StepVerdict.Passed, step.Value));
        Assert.Equal(["quiet", "restored checkpoint-0001", "resynced checkpoint-0001", "talking"], swarm.Swarm.Events.Skip(before));
        Assert.Contains("council (margaret, barbara, hedy), ops", await run.RecordTextAsync(), StringComparison.Ordinal);
        // The operators of the beta keep their credits.
        Assert.Equal(0, await run.Scenario.PercentAsync("credits_v1"));
        Assert.True((await run.Scenario.Flags.FindAsync("credits_v1"))!.Canary.Enabled);
    }

    [Fact]
    [Requirement("B7", "swarm-credits", BadWay = true)]
    public async Task Registry_ThatCouldNotBeReverted_PeersStayQuiet()
    {
        await using var swarm = await SwarmScene.StartAsync();
        await using var run = await ShippedRollout.StartAsync(swarm.Start(Shipped.Load("swarm-credits")));
        await run.UntilAsync(at => at is { Stage: "broad-rollout", State: RunState.Soaking }, "the soak of broad-rollout", skipsSoaks: true, pace: TimeSpan.FromHours(1));

        swarm.Swarm.Switch("broken-restore", on: true);
        swarm.Swarm.Switch("quorum-drop", on: true);
        await run.UntilAsync(at => at.State == RunState.RolledBack, "a rollback");

        var steps = await SwarmScene.WayBackAsync(run);
        Assert.Equal((StepVerdict.Failed, StepVerdict.Failed), (steps["revert-registry"], steps["rejoin"]));
        Assert.True(swarm.Swarm.Quiesced);
    }

    [Fact]
    [Requirement("B7", "swarm-credits", BadWay = true)]
    public async Task Operator_WhoseNodeDidNotResync_IsNamedAndPeersStayQuiet()
    {
        await using var swarm = await SwarmScene.StartAsync();
        await using var run = await ShippedRollout.StartAsync(swarm.Start(Shipped.Load("swarm-credits")));
        await run.UntilAsync(at => at is { Stage: "broad-rollout", State: RunState.Soaking }, "the soak of broad-rollout", skipsSoaks: true, pace: TimeSpan.FromHours(1));

        swarm.Swarm.Switch("away-operator", on: true);
        swarm.Swarm.Switch("quorum-drop", on: true);
        await run.UntilAsync(at => at.State == RunState.RolledBack, "a rollback");

        var steps = await SwarmScene.WayBackAsync(run);
        Assert.Equal((StepVerdict.Passed, StepVerdict.Failed, StepVerdict.Failed), (steps["gossip-hashes"], steps["operators-hashes"], steps["rejoin"]));
        Assert.Contains((await run.Scenario.StatusAsync()).Rollback!.Steps, step => step.StepId == "operators-hashes" && step.Message.Contains("omar", StringComparison.Ordinal));
        Assert.True(swarm.Swarm.Quiesced);
    }

    [Fact]
    public async Task BroadRollout_ThatWasTakenBack_IsTriedAgainOnlyWhenTheCouncilAgrees()
    {
        await using var swarm = await SwarmScene.StartAsync();
        await using var run = await ShippedRollout.StartAsync(swarm.Start(Shipped.Load("swarm-credits")));
        await run.UntilAsync(at => at is { Stage: "broad-rollout", State: RunState.Soaking }, "the soak of broad-rollout", skipsSoaks: true, pace: TimeSpan.FromHours(1));
        swarm.Swarm.Switch("quorum-drop", on: true);
        await run.UntilAsync(at => at.State == RunState.RolledBack, "a rollback");
        swarm.Swarm.Switch("quorum-drop", on: false);

        await run.Scenario.WhenAsync(RunVerb.Retry, "root", "the quorum is back", isAdmin: true);
        await run.Scenario.WhenTimePassesAsync(TimeSpan.FromHours(1));

        var asked = Assert.Single((await run.Scenario.StatusAsync()).OpenApprovals);
        Assert.Equal(2, asked.Needed);
        Assert.Equal(["barbara", "hedy", "margaret"], asked.Electorate.Order(StringComparer.Ordinal));
        Assert.Equal(0, await run.Scenario.PercentAsync("credits_v1"));
        await run.UntilAsync(at => at is { Stage: "broad-rollout", State: RunState.Soaking }, "the soak of broad-rollout again");
        Assert.Equal(100, await run.Scenario.PercentAsync("credits_v1"));
    }

    [Fact]
    [Requirement("B7", "swarm-credits", BadWay = true)]
    public async Task Checkpoint_SignedByNobodyWeKnow_IsNotReinstated()
    {
        await using var swarm = await SwarmScene.StartAsync("lost-payload");
        var first = Path.Combine(swarm.Catalog, "checkpoint-0001");
        var second = Directory.CreateDirectory(Path.Combine(swarm.Catalog, "checkpoint-0002")).FullName;
        foreach (var file in Directory.EnumerateFiles(first)) File.Copy(file, Path.Combine(second, Path.GetFileName(file)));
        var manifest = Path.Combine(second, "manifest.json");
        await File.WriteAllTextAsync(manifest, (await File.ReadAllTextAsync(manifest, TestContext.Current.CancellationToken)).Replace("checkpoint-0001", "checkpoint-0002", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await using var run = await ShippedRollout.StartAsync(swarm.Start(Shipped.Load("swarm-credits")));

        await run.UntilAsync(at => at.State == RunState.RolledBack, "a rollback");

        Assert.Contains((await run.Scenario.StatusAsync()).Rollback!.Steps, step => step.StepId == "reissue-checkpoint" && step.Message.Contains("restored to checkpoint-0001", StringComparison.Ordinal));
    }
}
