using System.Text.Json;
using CloakMarketplace;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.ShippedPlaybooks.Tests.Cloak;

/// <summary>What a stage or a promotion of the marketplace waits for is not there.</summary>
public sealed class CloakGateTests
{
    [Fact]
    [Requirement("K5", "cloak-marketplace", BadWay = true)]
    public async Task TestMatrix_Missing_HoldsBeforeAnythingIsSwitchedOn()
    {
        await using var scene = await CloakScene.StartAsync();
        scene.HasClerk = false;
        await using var run = await scene.RunAsync();

        await run.UntilAsync(at => at.State == RunState.Holding, "a hold");

        Assert.Contains("rollout attach run-1 --document test-matrix FILE", (await run.Scenario.StatusAsync()).Because, StringComparison.Ordinal);
        Assert.Equal(CloakScene.EnvironmentBefore, scene.Environment);
    }

    [Fact]
    [Requirement("K5", "cloak-marketplace", BadWay = true)]
    public async Task ApiSuite_Red_KeepsMobileShut()
    {
        await using var scene = await CloakScene.StartAsync();
        scene.GitHub.Conclude(CloakScene.Repository, "marketplace-api", "failure");
        await using var run = await scene.RunAsync();

        await run.UntilAsync(at => at.State == RunState.Holding && at.Because.Contains("api-suite", StringComparison.Ordinal), "a hold for the suite", skipsSoaks: true, pace: TimeSpan.FromMinutes(30));

        Assert.Contains("CLOAK_MARKETPLACE_MOBILE_ENABLED=false\n", scene.Environment, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("H2", "cloak-marketplace", BadWay = true)]
    public async Task PaidRunOnMobile_ThatFailed_IsNoEvidence()
    {
        await using var scene = await CloakScene.StartAsync();
        var playbook = Shipped.Load("cloak-marketplace");
        // How long the stage waits for it is not what is looked at.
        await using var run = await scene.RunAsync(playbook with { Stages = [.. playbook.Stages.Select(stage => stage with { Soak = stage.Soak! with { For = TimeSpan.FromHours(1), AtMost = TimeSpan.FromHours(3) } })] });
        await CloakScene.SoakOfAsync(run, "mobile-beta");
        scene.HasClerk = false;

        await run.Scenario.WhenAttachedAsync("mobile-paid-run", "paid run on mobile: failed", "linus");
        await run.UntilAsync(at => at.State == RunState.Holding, "a hold");

        Assert.Contains("does not hold 'paid run on mobile: succeeded'", (await run.Scenario.StatusAsync()).Because, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("K10", "cloak-marketplace", BadWay = true)]
    public async Task Incident_OpenedInTheLastStage_KeepsItFromBeingPromotedUntilADayOfCalm()
    {
        await using var scene = await CloakScene.StartAsync();
        await using var run = await scene.RunAsync();
        await CloakScene.SoakOfAsync(run, "public-beta");
        var incident = await scene.GitHub.OpenIssueAsync(4242, CloakScene.Repository, "Payments of one agent hang", "since noon", "incident", "severity:high");

        await run.UntilAsync(at => at.State == RunState.Holding, "a hold for the incident", skipsSoaks: true, pace: TimeSpan.FromMinutes(30));
        Assert.Contains("still-calm", (await run.Scenario.StatusAsync()).Because, StringComparison.Ordinal);

        await scene.GitHub.SetOpenAsync(4242, CloakScene.Repository, incident.Number, open: false);
        await run.Scenario.WhenTimePassesAsync(TimeSpan.FromHours(25));
        await run.Scenario.WhenAsync(RunVerb.Retry, "grace", "a calm day");
        await run.UntilAsync(at => at.State == RunState.Succeeded, "success", skipsSoaks: true, pace: TimeSpan.FromMinutes(30));
    }

    [Fact]
    [Requirement("K5", "cloak-marketplace", BadWay = true)]
    public void Commit_NamedByABranch_IsRefusedAtTheStart() =>
        Assert.Contains("commit", Assert.Single(InputBinder.Bind(Shipped.Load("cloak-marketplace"), new Dictionary<string, JsonElement> { ["commit"] = JsonSerializer.SerializeToElement("main") }).Problems).ToString(), StringComparison.Ordinal);

    [Fact]
    [Requirement("K6", "cloak-marketplace", BadWay = true)]
    public async Task Replays_NotSafe_TakeEverySurfaceBack()
    {
        await using var scene = await CloakScene.StartAsync();
        await using var run = await scene.RunAsync();
        await run.UntilAsync(at => at.Stage == "mobile-beta" && at.State == RunState.Soaking, "the soak of mobile-beta", skipsSoaks: true, pace: TimeSpan.FromMinutes(30));

        scene.Faults.Set(Faults.BrokenIdempotency, broken: true);
        await run.UntilAsync(at => at.State == RunState.RolledBack, "a rollback");

        Assert.Contains("idempotent-replay", (await run.Scenario.StatusAsync()).Rollback!.Cause, StringComparison.Ordinal);
        Assert.Equal(CloakScene.EnvironmentBefore, scene.Environment);
    }

    [Fact]
    [Requirement("K12", "cloak-marketplace", BadWay = true)]
    public async Task RateLimit_NotEnforced_KeepsThePublicOut()
    {
        await using var scene = await CloakScene.StartAsync();
        scene.Faults.Set(Faults.NoRateLimit, broken: true);
        await using var run = await scene.RunAsync();

        await run.UntilAsync(at => at.State == RunState.Holding && at.Because.Contains("rate-limits", StringComparison.Ordinal), "a hold for the rate limit", skipsSoaks: true, pace: TimeSpan.FromMinutes(30));

        Assert.Equal(0, await run.Scenario.PercentAsync("cloak_marketplace_web"));
    }

    [Fact]
    [Requirement("H2", "cloak-marketplace", BadWay = true)]
    [Requirement("G4", "cloak-marketplace", BadWay = true)]
    [Requirement("H1", "cloak-marketplace", BadWay = true)]
    public async Task PaidRuns_RejectedByAReviewer_HoldThePromotion()
    {
        await using var scene = await CloakScene.StartAsync();
        await using var run = await scene.RunAsync();
        await run.UntilAsync(at => at.OpenApprovals.Any(open => open.Name == "paid-run-review"), "the review", skipsSoaks: true, pace: TimeSpan.FromMinutes(30));
        var review = (await run.Scenario.StatusAsync()).OpenApprovals.First(open => open.Name == "paid-run-review");

        Assert.EndsWith("owned by reviewers]", review.Prompt, StringComparison.Ordinal);
        Assert.Equal(RunLogKind.CommandRefused, (await run.Scenario.WhenAsync(RunVerb.Approve, "edsger", "me too", review.ApprovalId)).Kind);
        await run.Scenario.WhenAsync(RunVerb.Reject, "margaret", "run 17 was paid twice", review.ApprovalId);

        await run.UntilAsync(at => at.State == RunState.Holding, "a hold");
        Assert.Equal(StageState.Open, (await run.Scenario.StatusAsync()).Stages.Single(stage => stage.Name == "web-operator-beta").State);
    }

    [Fact]
    [Requirement("H2", "cloak-marketplace", BadWay = true)]
    public async Task PaidRunEvidence_ReplacedWhileItIsReviewed_IsReviewedAgain()
    {
        await using var scene = await CloakScene.StartAsync();
        await using var run = await scene.RunAsync();
        await run.UntilAsync(at => at.OpenApprovals.Any(open => open.Name == "paid-run-review"), "the review", skipsSoaks: true, pace: TimeSpan.FromMinutes(30));
        var review = (await run.Scenario.StatusAsync()).OpenApprovals.First(open => open.Name == "paid-run-review");
        await run.Scenario.WhenAsync(RunVerb.Approve, "margaret", "all fine", review.ApprovalId);

        await run.Scenario.WhenAttachedAsync("paid-run-evidence", "41 paid runs", "linus");

        var again = (await run.Scenario.StatusAsync()).OpenApprovals.First(open => open.Name == "paid-run-review");
        Assert.NotEqual(review.ApprovalId, again.ApprovalId);
        Assert.Empty(again.Votes);
    }

    [Fact]
    [Requirement("D3", "cloak-marketplace", BadWay = true)]
    [Requirement("D8", "cloak-marketplace", BadWay = true)]
    public async Task PhaseTracker_Gone_HoldsThePromotionUntilItIsThere()
    {
        await using var scene = await CloakScene.StartAsync();
        File.Delete(scene.TrackerFile);
        await using var run = await scene.RunAsync();
        await run.UntilAsync(at => at.State == RunState.Holding && at.Because.Contains("phase-tracker.md", StringComparison.Ordinal), "a hold", skipsSoaks: true, pace: TimeSpan.FromMinutes(30));

        await File.WriteAllTextAsync(scene.TrackerFile, "", TestContext.Current.CancellationToken);
        await run.Scenario.WhenAsync(RunVerb.Retry, "grace", "there it is");

        await run.UntilAsync(at => at.Stage == "web-operator-beta", "the next stage");
        Assert.Contains("way back: rollout rollback run-1", Assert.Single(scene.Tracker), StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("K3", "cloak-marketplace", BadWay = true)]
    [Requirement("M9", "cloak-marketplace", BadWay = true)]
    public async Task Telemetry_Gone_HoldsTheRunAndTellsWhoIsOnCall()
    {
        await using var scene = await CloakScene.StartAsync();
        await using var run = await scene.RunAsync();
        await run.UntilAsync(at => at.State == RunState.Soaking, "the first soak");

        await scene.StopMarketAsync();
        await run.UntilAsync(at => at.State == RunState.Holding, "a hold");

        Assert.Contains(await run.Scenario.RecordAsync(), entry => entry.Kind == RunLogKind.GuardrailSpoke);
        Assert.Contains(await run.Scenario.RecordAsync(), entry => entry.Kind == RunLogKind.Announced && entry.Message.Contains("marketplace-on-call", StringComparison.Ordinal));
    }
}
