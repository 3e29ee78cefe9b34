using RolloutWorkflows.Orchestrations;
using RppChain;

namespace RolloutWorkflows.ShippedPlaybooks.Tests.Rpp;

/// <summary>rpp-chain where something is not ready: the run holds before it changes anything.</summary>
public sealed class RppReadinessTests
{
    [Theory]
    [InlineData("val-1", "quorum = 0.67", "consensus.qorum")]
    [InlineData("test-2", "witness_network     = false", "rollout.feature_gates.qorum")]
    [Requirement("K1", "rpp-chain", BadWay = true)]
    public Task Node_WithAnUnknownKey_HoldsTheRun(string node, string after, string unknown) => HoldsAsync(
        scene => scene.Edit($"nodes/{node}/node.toml", text => text.Replace(after, $"{after}\nqorum = true", StringComparison.Ordinal)),
        $"{unknown} is unknown");

    [Fact]
    [Requirement("K1", "rpp-chain", BadWay = true)]
    public Task Gate_ThatIsOnAlready_HoldsTheRun() => HoldsAsync(
        scene => scene.Edit("nodes/dev-1/node.toml", text => text.Replace("witness_network     = false", "witness_network     = true", StringComparison.Ordinal)),
        "gate rollout.feature_gates.witness_network: expected false as declared, got true");

    [Fact]
    [Requirement("K2", "rpp-chain", BadWay = true)]
    public Task Artifact_ThatWasChanged_HoldsTheRun() => HoldsAsync(scene => scene.Edit("releases/1.4.0/rpp-node.img", text => text + "backdoor"), "the signature is not 'release''s over these bytes");

    [Fact]
    [Requirement("K2", "rpp-chain", BadWay = true)]
    public Task Artifact_BuiltFromAnotherRevision_HoldsTheRun() => HoldsAsync(
        scene =>
        {
            scene.BuiltFrom = new string('0', 40);
            scene.Project.Refs["other"] = scene.BuiltFrom;
        },
        "expected to be built from the tested revision 0000000000000000000000000000000000000000");

    [Fact]
    [Requirement("K2", "rpp-chain", BadWay = true)]
    public async Task SmokeTests_ThatRanOnAnotherCommit_HoldTestnet()
    {
        await using var scene = await RppScene.StartAsync();
        // Somebody pushed before the smoke suites were dispatched.
        scene.Project.Refs["main"] = new string('f', 40);
        await using var run = await scene.RunAsync();

        await run.UntilAsync(at => at.State == RunState.Holding, "a hold", skipsSoaks: true);

        var status = await run.Scenario.StatusAsync();
        Assert.Equal("testnet", status.Stage);
        Assert.Contains("tested-revision", status.Because, StringComparison.Ordinal);
        Assert.Equal("1.3.0", scene.Chain.Releases["testnet"]);
    }

    [Fact]
    [Requirement("K2", "rpp-chain", BadWay = true)]
    public Task Sbom_ThatIsNotAttested_HoldsTheRun() => HoldsAsync(scene => scene.Edit("releases/1.4.0/rpp-node.cdx.intoto.jsonl", _ => "{ \"bomFormat\": \"CycloneDX\" }"), "is not attested");

    [Theory]
    [InlineData(Fault.LatencySpike, "dashboard-consensus")]
    [InlineData(Fault.ProofsLate, "dashboard-proofs")]
    [InlineData(Fault.PeerLost, "PeerLost")]
    [InlineData(Fault.AlertingDead, "alerting is not armed")]
    [Requirement("K3", "rpp-chain", BadWay = true)]
    public Task Observability_RedPagingOrUnarmed_HoldsTheRun(string fault, string because) => HoldsAsync(scene => scene.Chain.SetFault(fault, on: true), because);

    [Fact]
    [Requirement("K4", "rpp-chain", BadWay = true)]
    public Task PreviousRelease_ThatIsNotWhatWasSigned_HoldsTheRun() => HoldsAsync(scene => scene.Edit("releases/1.3.0/rpp-node.img", _ => "another"), "releases/1.3.0/rpp-node.img cannot be trusted");

    [Fact]
    [Requirement("K4", "rpp-chain", BadWay = true)]
    public Task Snapshot_WhoseFilesWereChanged_HoldsTheRun() => HoldsAsync(scene => scene.Edit("snapshots/storage/height-4200/state.json", _ => "{}"), "state.json");

    [Fact]
    [Requirement("K5", "rpp-chain", BadWay = true)]
    public Task Ci_ThatIsRed_HoldsTheRun() => HoldsAsync(scene => scene.GitHub.Conclude("rpp/chain", "property", "failure"), "property");

    [Fact]
    [Requirement("G1", "rpp-chain", BadWay = true)]
    public Task Automation_ThatCannotMakeFreshNodes_HoldsTheRun() => HoldsAsync(scene => scene.Chain.SetFault(Fault.NoNodes, on: true), "provisioning");

    [Fact]
    [Requirement("G2", "rpp-chain", BadWay = true)]
    public async Task Testnet_WhosePreflightNoLongerPasses_IsNotTouched()
    {
        await using var scene = await RppScene.StartAsync();
        await using var run = await scene.SoakingAsync("development");

        scene.Edit("releases/1.4.0/rpp-node.img", text => text + "backdoor");
        await run.UntilAsync(at => at.State == RunState.Holding, "a hold", skipsSoaks: true);

        var status = await run.Scenario.StatusAsync();
        Assert.Equal("testnet", status.Stage);
        Assert.Contains("preflight binary (artifact/verify) failed", status.Because, StringComparison.Ordinal);
        Assert.Equal(("1.4.0", "1.3.0"), (scene.Chain.Releases["development"], scene.Chain.Releases["testnet"]));
    }

    [Fact]
    [Requirement("G2", "rpp-chain", BadWay = true)]
    [Requirement("D1", "rpp-chain", BadWay = true)]
    public async Task Issue_ThatCannotBeWritten_KeepsTheStageWaitingUntilItCan()
    {
        await using var scene = await RppScene.StartAsync();
        scene.GitHub.Faults.ServerError(times: int.MaxValue, when: request => request.Method != "GET");
        await using var run = await scene.RunAsync();

        await run.UntilAsync(at => at.Because?.Contains("waits until the release issue shows", StringComparison.Ordinal) == true, "a wait for the issue");
        await run.Scenario.WhenTimePassesAsync(TimeSpan.FromHours(2));
        Assert.Equal(RunState.Checking, (await run.Scenario.StatusAsync()).State);
        Assert.Equal(run.WorldBefore, await run.WorldAsync());

        scene.GitHub.Faults.Clear();
        await run.UntilAsync(at => at is { Stage: "development", State: RunState.Soaking }, "development's soak");
        Assert.Contains("previous-snapshot", scene.IssueText, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("K11", "rpp-chain", BadWay = true)]
    public async Task DryRun_ThatRefusesTheConfiguration_HoldsBeforeAnythingIsDoneToTheCanaries()
    {
        await using var scene = await RppScene.StartAsync();
        scene.IsDryRunReal = true;
        // Below [node] files may differ from the profile, so only the node itself can tell.
        scene.Edit("nodes/canary-2/node.toml", text => text.Replace("[node]\n", "[node]\nadress = \"10.0.0.9\"\n", StringComparison.Ordinal));
        var before = scene.Read("nodes/canary-1/node.toml");
        await using var run = await scene.RunAsync();

        await run.UntilAsync(at => at is { Stage: "canary-rewards", State: RunState.RolledBack or RunState.Holding }, "an end of the canary stage", skipsSoaks: true);

        // Nothing was done yet, so nothing is taken back or restored.
        Assert.Equal(RunState.Holding, (await run.Scenario.StatusAsync()).State);
        Assert.Empty(scene.Incidents);
        Assert.Contains("canary-2: unknown key node.adress", await run.RecordTextAsync(), StringComparison.Ordinal);
        Assert.Equal(before, scene.Read("nodes/canary-1/node.toml"));
    }

    [Fact]
    [Requirement("G4", "rpp-chain", BadWay = true)]
    [Requirement("K9", "rpp-chain", BadWay = true)]
    [Requirement("H3", "rpp-chain", BadWay = true)]
    public async Task UpgradeWindow_NotSignedByEveryValidatorInTime_HoldsBeforeTestnet()
    {
        await using var scene = await RppScene.StartAsync();
        await using var run = await scene.RunAsync(RppScene.Leisurely());
        await run.UntilAsync(at => at.OpenApprovals.Any(question => question.Name == "acknowledged"), "the validators' question", skipsSoaks: true);
        var asked = (await run.Scenario.StatusAsync()).OpenApprovals.Single();

        Assert.Equal(RunLogKind.CommandRefused, (await run.Scenario.WhenAsync(RunVerb.Approve, "grace", "a captain is no validator", asked.ApprovalId)).Kind);
        Assert.Equal(RunLogKind.CommandAccepted, (await run.Scenario.WhenAsync(RunVerb.Approve, "vera", "fine", asked.ApprovalId)).Kind);
        await run.Scenario.WhenTimePassesAsync(TimeSpan.FromDays(6));

        var status = await run.Scenario.StatusAsync();
        Assert.Equal(RunState.Holding, status.State);
        Assert.Contains("acknowledged", status.Because, StringComparison.Ordinal);
        Assert.Equal("1.3.0", scene.Chain.Releases["testnet"]);
        Assert.Empty(scene.NodesWith("malachite_consensus"));
    }

    [Fact]
    [Requirement("H4", "rpp-chain", BadWay = true)]
    public async Task MaintenanceWindow_ThatIsOver_IsNotOpenedAgainByItself()
    {
        await using var scene = await RppScene.StartAsync();
        scene.Maintenance = ("2026-03-01T00:00:00Z", "2026-03-01T12:00:00Z");
        await using var run = await scene.RunAsync();

        await run.UntilAsync(at => at is { Stage: "mainnet", State: RunState.Holding or RunState.Waiting }, "mainnet before its window", skipsSoaks: true);
        await run.Scenario.WhenTimePassesAsync(TimeSpan.FromDays(2));

        var status = await run.Scenario.StatusAsync();
        Assert.Equal("mainnet", status.Stage);
        Assert.Contains("window", status.Because, StringComparison.Ordinal);
        Assert.Equal(("1.3.0", false), (scene.Chain.Releases["mainnet"], scene.Chain.IsFrozen));
    }

    private static async Task HoldsAsync(Action<RppScene> breakIt, string because)
    {
        await using var scene = await RppScene.StartAsync();
        breakIt(scene);
        await using var run = await scene.RunAsync();

        await run.UntilAsync(at => at.State == RunState.Holding, "a hold");

        Assert.Contains(because, (await run.Scenario.StatusAsync()).Because, StringComparison.Ordinal);
        Assert.Equal(run.WorldBefore, await run.WorldAsync());
    }
}
