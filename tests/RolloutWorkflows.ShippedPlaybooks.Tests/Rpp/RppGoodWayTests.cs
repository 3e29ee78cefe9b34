using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.ShippedPlaybooks.Tests.Rpp;

/// <summary>rpp-chain where nothing goes wrong.</summary>
public sealed class RppGoodWayTests
{
    private static readonly string[] Mainnet = ["canary-1", "canary-2", "val-1", "val-2"];

    private static readonly string[] Preflight =
        ["drift-development", "drift-testnet", "drift-mainnet", "binary", "dashboard-consensus", "dashboard-proofs", "dashboard-vrf", "dashboard-churn", "alerts", "previous-release", "previous-snapshot"];

    [Fact]
    [Requirement("G1", "rpp-chain")]
    [Requirement("A5", "rpp-chain")]
    [Requirement("A6", "rpp-chain")]
    [Requirement("A7", "rpp-chain")]
    [Requirement("M1", "rpp-chain")]
    [Requirement("M2", "rpp-chain")]
    [Requirement("M6", "rpp-chain")]
    [Requirement("M8", "rpp-chain")]
    [Requirement("H4", "rpp-chain")]
    public async Task Run_WithASoundChain_ReachesMainnetStageByStage()
    {
        await using var scene = await RppScene.StartAsync();
        scene.Window = ("2026-03-06T08:00:00Z", "2026-03-06T20:00:00Z");
        await using var run = await scene.RunAsync();
        var startedAt = run.Scenario.Now;

        await run.UntilAsync(at => at is { Stage: "testnet", State: RunState.Soaking }, "testnet's soak", pace: TimeSpan.FromMinutes(30));
        var paging = (await run.Scenario.SoakAsync("development")).Guardrails.Single(guardrail => guardrail.Name == "no-page");
        Assert.True(run.Scenario.Now - startedAt >= TimeSpan.FromHours(48), $"the soak of 48 h took {run.Scenario.Now - startedAt}");
        Assert.True(paging is { Failed: 0, Measured: > 500 }, $"{paging}");
        Assert.True(run.Scenario.Now >= new DateTimeOffset(2026, 3, 6, 8, 0, 0, TimeSpan.Zero), $"testnet began at {run.Scenario.Now}, before its window");
        Assert.Equal(["test-1", "test-2"], scene.NodesWith("malachite_consensus"));

        await EpochsPassAsync(10, "canary-rewards");
        Assert.Equal(["canary-1", "canary-2"], scene.NodesWith("timetoke_rewards"));
        Assert.Empty(scene.NodesWith("witness_network"));

        await EpochsPassAsync(3, "canary-witness");
        await EpochsPassAsync(7, "mainnet");
        Assert.Equal(423, await scene.ProposeAsync());

        await run.UntilAsync(at => at.State == RunState.Succeeded, "success", pace: TimeSpan.FromMinutes(30));
        var promoted = (await run.Scenario.RecordAsync()).Where(entry => entry.Kind == RunLogKind.StagePromoted).ToList();
        Assert.Equal(["development", "testnet", "canary-rewards", "canary-witness", "mainnet"], promoted.Select(entry => entry.Stage));
        Assert.True(run.Scenario.Now - promoted[^1].At >= TimeSpan.FromHours(24), "expected a day of watch after the last promotion");
        foreach (var gate in (string[])["malachite_consensus", "timetoke_rewards", "witness_network"])
            Assert.Superset(Mainnet.ToHashSet(), scene.NodesWith(gate).ToHashSet());
        Assert.All(scene.Chain.Releases, release => Assert.Equal("1.4.0", release.Value));
        Assert.Equal(201, await scene.ProposeAsync());
        Assert.Equal(["tests/pipeline", "tests/observability", "tests/firewood_lifecycle"], scene.Project.WorkflowRuns.Select(started => started.Inputs["suite"]));
        Assert.Contains("The activation window of release 1.4.0 is open. No new governance proposals until it is over.", await scene.ToldAsync("validators"));
        Assert.Empty(scene.Incidents);

        async Task EpochsPassAsync(int needed, string next)
        {
            var before = scene.Chain.Measure().FinalizedEpochs;
            await run.UntilAsync(at => at.Stage == next && at.State == RunState.Soaking, $"the soak of {next}", pace: TimeSpan.FromMinutes(30));
            Assert.InRange(scene.Chain.Measure().FinalizedEpochs - before, needed, needed + 2);
        }
    }

    [Fact]
    [Requirement("G2", "rpp-chain")]
    [Requirement("K1", "rpp-chain")]
    [Requirement("K2", "rpp-chain")]
    [Requirement("K3", "rpp-chain")]
    [Requirement("K4", "rpp-chain")]
    [Requirement("K5", "rpp-chain")]
    [Requirement("K9", "rpp-chain")]
    [Requirement("H3", "rpp-chain")]
    [Requirement("D1", "rpp-chain")]
    public async Task Checks_OfEveryStage_PassAndStandInTheIssueBeforeTheStageActs()
    {
        await using var scene = await RppScene.StartAsync();
        await using var run = await scene.RunAsync();
        await run.UntilAsync(at => at.State == RunState.Succeeded, "success", skipsSoaks: true);

        var record = await run.Scenario.RecordAsync();
        foreach (var stage in (string[])["development", "testnet", "canary-rewards", "canary-witness", "mainnet"])
        {
            var lines = record.Where(entry => entry.Stage == stage).ToList();
            var documented = lines.FindIndex(entry => entry.Kind == RunLogKind.DocumentationAwaited);
            var acted = lines.FindIndex(entry => entry.Kind == RunLogKind.StepFinished && entry.Message.StartsWith("step", StringComparison.Ordinal));
            Assert.InRange(documented, 0, acted);
            Assert.All(Preflight, check => Assert.Contains(lines.Take(documented), entry => entry.Kind == RunLogKind.StepFinished && entry.Message.Contains($"preflight {check} ", StringComparison.Ordinal) && entry.Message.Contains("passed", StringComparison.Ordinal)));
        }

        foreach (var check in (string[])["ci", "gates", "provisioning", "tested-revision", "gates-after", "dry-run", "relays", "no-longer-queue", "no-fewer-vrf", "profile"])
            Assert.Contains(record, entry => entry.Kind is RunLogKind.StepFinished or RunLogKind.CriteriaMeasured && entry.Message.Contains(check, StringComparison.Ordinal) && entry.Message.Contains("passed", StringComparison.Ordinal));
        Assert.All(Preflight, check => Assert.Contains(check, scene.IssueText, StringComparison.Ordinal));
        // Everybody of the validators signed both windows.
        foreach (var signed in (string[])["acknowledged", "window-signed"])
            Assert.Contains(record, entry => entry.Kind == RunLogKind.ApprovalDecided && entry.Message == $"{signed}: approved by vera, viktor");
        Assert.DoesNotContain("- [ ]", scene.IssueText, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("M3", "rpp-chain")]
    [Requirement("M5", "rpp-chain")]
    public async Task Guardrails_OfTestnet_AreMeasuredThroughoutAgainstTheBaselineOfDevelopment()
    {
        await using var scene = await RppScene.StartAsync();
        await using var run = await scene.SoakingAsync("testnet");

        await run.Scenario.WhenTimePassesAsync(TimeSpan.FromHours(3));

        var guardrails = (await run.Scenario.SoakAsync("testnet")).Guardrails;
        Assert.Equal(["consensus-latency", "gossip-stability", "latency-against-development", "no-page"], guardrails.Select(guardrail => guardrail.Name).Order(StringComparer.Ordinal));
        Assert.All(guardrails, guardrail => Assert.True(guardrail is { Measured: >= 17, Last.Verdict: MeasurementVerdict.Passed }, $"{guardrail}"));
        Assert.Equal(1.8, guardrails.Single(guardrail => guardrail.Name == "latency-against-development").Last!.Baseline!.Value, precision: 6);
    }

    [Fact]
    [Requirement("K11", "rpp-chain")]
    public async Task DryRun_OfTheCanariesConfiguration_IsTheNodesOwn()
    {
        await using var scene = await RppScene.StartAsync();
        scene.IsDryRunReal = true;
        await using var run = await scene.SoakingAsync("canary-rewards");

        Assert.Contains("ready dry-run (scenario/repeat) passed: check-config ran once and failed never", await run.RecordTextAsync(), StringComparison.Ordinal);
        Assert.Equal(["canary-1", "canary-2"], scene.NodesWith("timetoke_rewards"));
    }

    [Fact]
    [Requirement("G4", "rpp-chain")]
    public async Task Questions_AreAskedOfTheRolesThatOwnThem()
    {
        await using var scene = await RppScene.StartAsync();
        await using var run = await scene.RunAsync();
        var asked = new Dictionary<string, string>();

        await run.UntilAsync(at =>
        {
            foreach (var question in at.OpenApprovals) asked[question.Name] = $"{string.Join(' ', question.Electorate.Order(StringComparer.Ordinal))}: {question.Prompt}";
            return at is { Stage: "mainnet", State: RunState.Soaking };
        }, "mainnet", skipsSoaks: true);

        Assert.Equal("grace linus", asked["owner"].Split(':')[0]);
        Assert.StartsWith("vera viktor: ", asked["acknowledged"], StringComparison.Ordinal);
        Assert.EndsWith("[asked as validators; owned by validators]", asked["acknowledged"], StringComparison.Ordinal);
        Assert.StartsWith("vera: ", asked["installed"], StringComparison.Ordinal);
        Assert.EndsWith("[asked as commander; owned by commander]", asked["hotfixes"], StringComparison.Ordinal);
    }
}
