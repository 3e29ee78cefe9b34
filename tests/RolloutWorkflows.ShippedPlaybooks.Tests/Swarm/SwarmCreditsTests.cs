using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.ShippedPlaybooks.Tests.Swarm;

/// <summary>swarm-credits, from the dry run to everybody, and what keeps a stage from going on.</summary>
public sealed class SwarmCreditsTests
{
    private static readonly string[] Scenarios = ["hype-burns", "ledger-replay", "signup-rewards", "transfers"];

    [Fact]
    [Requirement("G1", "swarm-credits")]
    [Requirement("K4", "swarm-credits")]
    [Requirement("K9", "swarm-credits")]
    [Requirement("K10", "swarm-credits")]
    [Requirement("K11", "swarm-credits")]
    [Requirement("M3", "swarm-credits")]
    [Requirement("H3", "swarm-credits")]
    public async Task Run_WithASoundSwarm_ReachesEverybodyStageByStage()
    {
        await using var swarm = await SwarmScene.StartAsync();
        await using var run = await ShippedRollout.StartAsync(swarm.Start(Shipped.Load("swarm-credits")));

        await run.UntilAsync(at => at.State == RunState.Succeeded, "success", skipsSoaks: true, pace: TimeSpan.FromHours(1));

        var record = await run.Scenario.RecordAsync();
        Assert.Equal(["internal-dry-run", "limited-beta", "broad-rollout"], record.Where(entry => entry.Kind == RunLogKind.StagePromoted).Select(entry => entry.Stage));
        Assert.Equal(100, await run.Scenario.PercentAsync("credits_v1"));
        Assert.True(swarm.Swarm.Endorsed);
        var said = record.Select(entry => entry.Message).ToList();
        Assert.Equal(3, said.Count(message => message.Contains("preflight checkpoint-staged (snapshot/parity) passed: checkpoint-0001 of ledger is ready to be restored", StringComparison.Ordinal)));
        Assert.Contains(said, message => message.Contains("drill-parity (snapshot/parity) passed: passed for all 3 items", StringComparison.Ordinal));
        Assert.Equal(3, record.Count(entry => entry is { Kind: RunLogKind.CommandAccepted, Stage: "limited-beta", Actor: "olga" or "oscar" or "otto" or "omar" }));
        foreach (var criterion in (string[])["delta-syncs", "gossip-agrees", "conflicts-settled", "onboarding", "ui-response", "retention", "velocity-as-planned"])
            Assert.Contains(said, message => message.StartsWith($"criteria {criterion} (metric/threshold) passed", StringComparison.Ordinal));
    }

    [Fact]
    [Requirement("K8", "swarm-credits")]
    public async Task Scenarios_OfTheDryRun_ArePlayedAHundredTimesEachAndShowHowFarTheyAre()
    {
        await using var swarm = await SwarmScene.StartAsync();
        await using var run = await ShippedRollout.StartAsync(swarm.Start(Shipped.Load("swarm-credits")));

        await run.UntilAsync(at => at.State == RunState.Soaking, "the soak of the dry run");

        Assert.Equal(Scenarios.Select(scenario => KeyValuePair.Create(scenario, 100)), swarm.Swarm.Played.OrderBy(played => played.Key, StringComparer.Ordinal));
        // Three of them move credits; the fourth replays what they left in the signed log.
        Assert.Equal(300, swarm.Swarm.Payloads.Count);
        Assert.All(swarm.Swarm.Payloads, payload => Assert.NotEmpty(payload.Signature));
        var shown = await swarm.ProgressAsync(run);
        Assert.All(Scenarios, scenario => Assert.Contains(shown, text => text.Contains($" of 100 runs of {swarm.Url}/mesh/scenarios/{scenario}/", StringComparison.Ordinal)));
        Assert.True(shown.Count >= 40, $"progress was shown {shown.Count} times");
    }

    [Fact]
    [Requirement("K4", "swarm-credits", BadWay = true)]
    public async Task StagedCheckpoint_ChangedOnDisk_NothingBegins()
    {
        await using var swarm = await SwarmScene.StartAsync();
        await File.WriteAllTextAsync(Path.Combine(swarm.Catalog, "checkpoint-0001", "balances.json"), "{}", TestContext.Current.CancellationToken);
        await using var run = await ShippedRollout.StartAsync(swarm.Start(Shipped.Load("swarm-credits")));

        await run.UntilAsync(at => at.State == RunState.Holding, "a hold");

        Assert.Contains("changed: balances.json", (await run.Scenario.StatusAsync()).Because, StringComparison.Ordinal);
        Assert.Equal(run.WorldBefore, await run.WorldAsync());
    }

    [Fact]
    [Requirement("G1", "swarm-credits", BadWay = true)]
    [Requirement("M3", "swarm-credits", BadWay = true)]
    public Task Figures_NotMetInTheBeta_KeepItFromThePromotion() => IsNotPromotedAsync(("slow-sync", "delta-syncs"), ("slow-ui", "ui-response"));

    [Fact]
    [Requirement("K10", "swarm-credits", BadWay = true)]
    public Task Conflict_OlderThan72Hours_KeepsTheBetaFromThePromotion() => IsNotPromotedAsync(("old-conflict", "conflicts-settled"));

    [Fact]
    [Requirement("K9", "swarm-credits", BadWay = true)]
    [Requirement("H3", "swarm-credits", BadWay = true)]
    public async Task Operators_OneOfFourSigns_TheBetaHoldsAfterFiveDays()
    {
        await using var swarm = await SwarmScene.StartAsync();
        await using var run = await ShippedRollout.StartAsync(swarm.Start(Shipped.Load("swarm-credits")));
        await run.UntilAsync(at => at.Stage == "limited-beta" && at.OpenApprovals.Any(open => open.Electorate.Contains("olga")), "the operators' question", skipsSoaks: true, pace: TimeSpan.FromHours(1));
        var asked = (await run.Scenario.StatusAsync()).OpenApprovals.Single(open => open.Electorate.Contains("olga"));

        await run.Scenario.WhenAsync(RunVerb.Approve, "olga", "done on my node", asked.ApprovalId);
        Assert.Equal((3, 4), (asked.Needed, asked.Electorate.Count));
        await run.Scenario.WhenTimePassesAsync(TimeSpan.FromDays(6));

        await run.Scenario.ThenStateIsAsync(RunState.Holding);
        Assert.False(swarm.Swarm.Endorsed);
    }

    [Fact]
    [Requirement("M5", "swarm-credits")]
    [Requirement("M5", "swarm-credits", BadWay = true)]
    public async Task Growth_IsHeldAgainstTheBetasBaseline_AndBelowItIsNoSuccess()
    {
        await using var swarm = await SwarmScene.StartAsync();
        await using var run = await ShippedRollout.StartAsync(swarm.Start(Shipped.Load("swarm-credits")));
        await run.UntilAsync(at => at is { Stage: "broad-rollout", State: RunState.Soaking }, "the soak of broad-rollout", skipsSoaks: true, pace: TimeSpan.FromHours(1));

        await run.Scenario.WhenTimePassesAsync(TimeSpan.FromHours(3));
        var velocity = (await run.Scenario.SoakAsync("broad-rollout")).Guardrails.Single(guardrail => guardrail.Name == "velocity");
        Assert.Equal(MeasurementVerdict.Passed, velocity.Last!.Verdict);
        Assert.Contains("result 1840, baseline 1840", velocity.Last.Message, StringComparison.Ordinal);

        swarm.Swarm.Switch("slow-growth", on: true);
        await run.Scenario.WhenTimePassesAsync(TimeSpan.FromHours(3));

        await run.Scenario.ThenStateIsAsync(RunState.Soaking);
        Assert.Contains(await run.Scenario.RecordAsync(), entry => entry.Kind == RunLogKind.GuardrailSpoke && entry.Message.Contains("result 900, baseline 1840", StringComparison.Ordinal));
        foreach (var tracked in (string[])["adoption", "usage"])
            Assert.Equal(MeasurementVerdict.Warning, (await run.Scenario.SoakAsync("broad-rollout")).Guardrails.Single(guardrail => guardrail.Name == tracked).Last!.Verdict);

        await run.Scenario.WhenAsync(RunVerb.Promote, "root", "the month is over", isAdmin: true);
        await run.Scenario.WhenTimePassesAsync(TimeSpan.FromHours(3));
        Assert.Contains(await run.Scenario.RecordAsync(), entry => entry.Message.StartsWith("criteria velocity-as-planned (metric/threshold) failed", StringComparison.Ordinal));
        Assert.DoesNotContain(await run.Scenario.RecordAsync(), entry => entry.Kind == RunLogKind.StagePromoted && entry.Stage == "broad-rollout");
    }

    private static async Task IsNotPromotedAsync(params (string Fault, string Criterion)[] wrong)
    {
        await using var swarm = await SwarmScene.StartAsync();
        foreach (var (fault, _) in wrong) swarm.Swarm.Switch(fault, on: true);
        await using var run = await ShippedRollout.StartAsync(swarm.Start(Shipped.Load("swarm-credits")));

        await run.UntilAsync(
            at => wrong.All(one => at.Stages.Any(stage => stage.Steps.Any(step => step.StepId == one.Criterion && step.Verdict == StepVerdict.Failed))),
            "failed criteria", skipsSoaks: true, pace: TimeSpan.FromHours(1));
        await run.Scenario.WhenTimePassesAsync(TimeSpan.FromHours(3));

        Assert.Equal("limited-beta", (await run.Scenario.StatusAsync()).Stage);
        Assert.DoesNotContain(await run.Scenario.RecordAsync(), entry => entry.Kind == RunLogKind.StagePromoted && entry.Stage == "limited-beta");
    }
}
