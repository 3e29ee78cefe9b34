using CloakMarketplace;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.ShippedPlaybooks.Tests.Cloak;

/// <summary>A surface of the marketplace breaks: it goes back alone, and what it takes to come again.</summary>
public sealed class CloakSurfaceTests
{
    [Fact]
    [Requirement("G6", "cloak-marketplace", BadWay = true)]
    [Requirement("M3", "cloak-marketplace", BadWay = true)]
    [Requirement("B1", "cloak-marketplace", BadWay = true)]
    [Requirement("B3", "cloak-marketplace")]
    [Requirement("A1", "cloak-marketplace", BadWay = true)]
    [Requirement("A3", "cloak-marketplace", BadWay = true)]
    public async Task RunFailures_OnMobile_TakeMobileBackAloneAndTheBackendAndTheWebStay()
    {
        await using var scene = await CloakScene.StartAsync();
        await using var run = await scene.RunAsync();
        await CloakScene.SoakOfAsync(run, "mobile-beta");
        var web = await run.Scenario.Flags.FindAsync("cloak_marketplace_web");

        scene.Faults.Set(Faults.RunFailuresMobile, broken: true);
        await RolledBackAsync(run);

        var report = await ReportAsync(run, "mobile");
        Assert.Equal(Actors.Rollout, report.Actor);
        Assert.True(report.ObjectiveMet);
        Assert.Contains("mobile-run-failures", report.Cause, StringComparison.Ordinal);
        Assert.Contains("CLOAK_MARKETPLACE_ENABLED=true\n", scene.Environment, StringComparison.Ordinal);
        Assert.Contains("CLOAK_MARKETPLACE_WEB_ENABLED=true\n", scene.Environment, StringComparison.Ordinal);
        Assert.Contains("CLOAK_MARKETPLACE_MOBILE_ENABLED=false\n", scene.Environment, StringComparison.Ordinal);
        Assert.Equal(web!.Canary.Users, (await run.Scenario.Flags.FindAsync("cloak_marketplace_web"))!.Canary.Users);
        Assert.False((await run.Scenario.Flags.FindAsync("cloak_marketplace_mobile"))?.Canary.Enabled ?? false);
    }

    [Fact]
    [Requirement("M9", "cloak-marketplace")]
    public async Task RunFailures_OnMobile_AreToldToWhoIsOnCall()
    {
        await using var scene = await CloakScene.StartAsync();
        await using var run = await scene.RunAsync();
        await CloakScene.SoakOfAsync(run, "mobile-beta");
        scene.Faults.Set(Faults.RunFailuresMobile, broken: true);
        await RolledBackAsync(run);

        Assert.Contains(await run.Scenario.RecordAsync(), entry => entry.Kind == RunLogKind.Announced && entry.Message.Contains("mobile-run-failures", StringComparison.Ordinal) && entry.DataAs<ToldPeople>() is { Persons: { } told } && told.Contains("grace") && told.Contains("linus"));
        Assert.Contains(scene.Told("ops"), text => text.StartsWith("For ada, grace, linus: ", StringComparison.Ordinal) && text.Contains("mobile-run-failures", StringComparison.Ordinal));
    }

    [Fact]
    [Requirement("B1", "cloak-marketplace")]
    public async Task Settlements_FailingRepeatedlyOnTheWeb_DisableTheWebWithinTheObjective()
    {
        await using var scene = await CloakScene.StartAsync();
        await using var run = await scene.RunAsync();
        await CloakScene.SoakOfAsync(run, "web-operator-beta");
        scene.Faults.Set(Faults.SettlementFailures, broken: true);
        await RolledBackAsync(run);

        var report = await ReportAsync(run, "web");
        Assert.Contains("web-x402-failures", report.Cause, StringComparison.Ordinal);
        Assert.True(report.Took <= report.Objective);
        Assert.Contains("CLOAK_MARKETPLACE_WEB_ENABLED=false\n", scene.Environment, StringComparison.Ordinal);
        Assert.Contains("CLOAK_MARKETPLACE_ENABLED=true\n", scene.Environment, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("B1", "cloak-marketplace")]
    public async Task Settlements_FailingForOneMoment_AreNotRepeatedAndTakeNothingBack()
    {
        await using var scene = await CloakScene.StartAsync();
        await using var run = await scene.RunAsync();
        await CloakScene.SoakOfAsync(run, "web-operator-beta");

        scene.Faults.Set(Faults.SettlementFailures, broken: true);
        await run.Scenario.WhenTimePassesAsync(TimeSpan.FromMinutes(5));
        scene.Faults.Set(Faults.SettlementFailures, broken: false);
        await run.Scenario.WhenTimePassesAsync(TimeSpan.FromHours(1));

        var payments = (await run.Scenario.SoakAsync("web-operator-beta")).Guardrails.Single(guardrail => guardrail.Name == "web-x402-failures");
        Assert.Equal((2, MeasurementVerdict.Passed), (payments.Failed, payments.Last!.Verdict));
        Assert.Equal(RunState.Soaking, (await run.Scenario.StatusAsync()).State);
    }

    [Fact]
    [Requirement("M3", "cloak-marketplace", BadWay = true)]
    public async Task RunFailures_OfTheOnlyTester_AreEnoughToTakeMobileBack()
    {
        await using var scene = await CloakScene.StartAsync();
        scene.MobileTesters = ["0xtester1"];
        await using var run = await scene.RunAsync();
        await CloakScene.SoakOfAsync(run, "mobile-beta");

        scene.Faults.Set(Faults.RunFailuresMobile, broken: true);
        await RolledBackAsync(run);

        Assert.Contains("mobile-run-failures", (await ReportAsync(run, "mobile")).Cause, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("M3", "cloak-marketplace", BadWay = true)]
    public async Task Mobile_UsedByNobody_IsToldAndNeitherHeldNorPromoted()
    {
        await using var scene = await CloakScene.StartAsync();
        scene.MobileTesters = ["0xasleep"];
        await using var run = await scene.RunAsync();
        await CloakScene.SoakOfAsync(run, "mobile-beta");

        await run.Scenario.WhenTimePassesAsync(TimeSpan.FromHours(6));

        Assert.Equal(("mobile-beta", RunState.Soaking), ((await run.Scenario.StatusAsync()).Stage, (await run.Scenario.StatusAsync()).State));
        Assert.InRange((await run.Scenario.SoakAsync("mobile-beta")).Counted, TimeSpan.Zero, TimeSpan.FromMinutes(15));
        Assert.Contains(scene.Told("ops"), text => text.Contains("mobile-run-failures", StringComparison.Ordinal));
    }

    [Fact]
    [Requirement("B5", "cloak-marketplace")]
    [Requirement("K10", "cloak-marketplace", BadWay = true)]
    public async Task Evidence_ThatDoesNotMatchInTheExtension_OpensAnIncidentThatKeepsItBack()
    {
        await using var scene = await CloakScene.StartAsync();
        await using var run = await scene.RunAsync();
        await CloakScene.SoakOfAsync(run, "extension-beta");
        scene.Faults.Set(Faults.EvidenceMismatch, broken: true);
        await RolledBackAsync(run);

        var issue = Assert.Single(scene.GitHub.Repository(CloakScene.Repository).Issues, issue => issue.Labels.Contains("incident"));
        Assert.Equal("Marketplace rolled back in extension-beta: extension", issue.Title);
        Assert.Contains("extension-mismatches", issue.Body, StringComparison.Ordinal);
        Assert.Contains(scene.Told("statuspage"), text => text.Contains(issue.Title, StringComparison.Ordinal));
        scene.Faults.Set(Faults.EvidenceMismatch, broken: false);
        Assert.Equal(RunLogKind.CommandAccepted, (await run.Scenario.WhenAsync(RunVerb.Retry, "grace", "mended")).Kind);
        await run.UntilAsync(at => at.State == RunState.Holding && at.Because.Contains("calm", StringComparison.Ordinal), "a hold for the incident", pace: TimeSpan.FromMinutes(30));
    }

    [Fact]
    [Requirement("B6", "cloak-marketplace")]
    [Requirement("B6", "cloak-marketplace", BadWay = true)]
    [Requirement("B5", "cloak-marketplace", BadWay = true)]
    public async Task Mobile_AfterItsRollback_ComesBackOnlyWithANewTestMatrixAndADayOfCalm()
    {
        await using var scene = await CloakScene.StartAsync();
        await using var run = await scene.RunAsync();
        await CloakScene.SoakOfAsync(run, "mobile-beta");
        scene.Faults.Set(Faults.RunFailuresMobile, broken: true);
        await RolledBackAsync(run);
        scene.Faults.Set(Faults.RunFailuresMobile, broken: false);
        await run.Scenario.WhenTimePassesAsync(TimeSpan.FromMinutes(10));
        scene.HasClerk = false;

        await run.Scenario.WhenAsync(RunVerb.Retry, "grace", "mended");
        await run.UntilAsync(at => at.State == RunState.Holding, "a hold for the test matrix");
        Assert.Contains("was rolled back after it", (await run.Scenario.StatusAsync()).Because, StringComparison.Ordinal);

        await run.Scenario.WhenAttachedAsync("test-matrix", "all green again", "grace");
        await run.Scenario.WhenAsync(RunVerb.Retry, "grace", "tested again");
        await run.UntilAsync(at => at.State == RunState.Holding && at.Because.Contains("calm", StringComparison.Ordinal), "a hold for the incident");
        var issue = scene.GitHub.Repository(CloakScene.Repository).Issues.Single(issue => issue.Labels.Contains("incident"));
        await scene.GitHub.SetOpenAsync(4242, CloakScene.Repository, issue.Number, open: false);
        await run.Scenario.WhenAsync(RunVerb.Retry, "grace", "closed");
        await run.UntilAsync(at => at.State == RunState.Holding && at.Because.Contains("calm", StringComparison.Ordinal), "a hold until a day has passed");

        await run.Scenario.WhenTimePassesAsync(TimeSpan.FromHours(25));
        await run.Scenario.WhenAsync(RunVerb.Retry, "grace", "a calm day");
        await run.UntilAsync(at => at.Stage == "mobile-beta" && at.State == RunState.Soaking, "mobile again");
        Assert.Contains("CLOAK_MARKETPLACE_MOBILE_ENABLED=true\n", scene.Environment, StringComparison.Ordinal);
        Assert.Contains(scene.Tracker, line => line.Contains("mobile-beta: rolled back (mobile)", StringComparison.Ordinal));
    }

    private static async Task<RollbackReport> ReportAsync(ShippedRollout run, string surface) =>
        (await run.Scenario.StatusAsync()).Surfaces.Single(status => status.Surface == surface).Rollback!;

    private static Task RolledBackAsync(ShippedRollout run) =>
        run.UntilAsync(at => at.State == RunState.RolledBack, "a rollback", pace: TimeSpan.FromMinutes(5));
}
