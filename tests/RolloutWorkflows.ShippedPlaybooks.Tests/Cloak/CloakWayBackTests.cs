using System.Text.Json;
using CloakMarketplace;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.ShippedPlaybooks.Tests.Cloak;

/// <summary>The way back of each stage of cloak-marketplace is written down before anybody needs it, and is the one that is taken.</summary>
public sealed class CloakWayBackTests
{
    [Fact]
    [Requirement("D8", "cloak-marketplace")]
    public async Task WayBack_OfEachStage_StandsInThePlanAndInWhatIsDecidedOn()
    {
        Assert.All(Plan().Stages, stage => Assert.NotEmpty(stage.Rollback.Compensation));
        Assert.Equal([null, "web", "mobile", "extension", null], Plan().Stages.Select(stage => stage.Rollback.Surface));

        await using var scene = await CloakScene.StartAsync();
        await using var run = await scene.RunAsync();
        await run.UntilAsync(at => at.OpenApprovals.Any(open => open.Name == "paid-run-review"), "the review of paid runs", skipsSoaks: true, pace: TimeSpan.FromMinutes(30));

        var shown = (await run.Scenario.StatusAsync()).OpenApprovals.First(open => open.Name == "paid-run-review").Shown.Lines;
        Assert.Contains(shown, line => line.StartsWith("Way back: to start within 5m", StringComparison.Ordinal));
        Assert.Contains(shown, line => line.StartsWith("Document paid-run-evidence", StringComparison.Ordinal));
        Assert.All(scene.Tracker, line => Assert.Contains("way back: rollout rollback run-1", line, StringComparison.Ordinal));
        var promoted = Assert.Single(await run.Scenario.Evidence.ListAsync(ShippedRollout.RunId));
        Assert.Equal(PlanText.WayBack(Plan().Stages[0].Rollback), LinesOf(promoted, "wayBack"));
    }

    [Fact]
    [Requirement("D8", "cloak-marketplace", BadWay = true)]
    public async Task RunFailures_OnMobile_TakeTheWayBackThatThePlanPrinted()
    {
        await using var scene = await CloakScene.StartAsync();
        await using var run = await scene.RunAsync();
        await CloakScene.SoakOfAsync(run, "mobile-beta");
        scene.Faults.Set(Faults.RunFailuresMobile, broken: true);
        await run.UntilAsync(at => at.State == RunState.RolledBack, "a rollback");

        var printed = Plan().Stages.Single(stage => stage.Name == "mobile-beta").Rollback;
        var report = (await run.Scenario.StatusAsync()).Surfaces.Single(surface => surface.Surface == "mobile").Rollback!;
        Assert.Equal(["flag/canary cloak_marketplace_mobile of mobile-beta: as it was before", "env/set marketplace.env of mobile-beta: as it was before"], printed.Compensation);
        Assert.Equal(["flag:cloak_marketplace_mobile", "env:marketplace.env#CLOAK_MARKETPLACE_MOBILE_ENABLED"], report.Effects.Select(effect => effect.Target));
        Assert.Equal([.. printed.Steps.Select(IdOf), .. printed.Verify.Select(IdOf)], report.Steps.Select(step => step.StepId));

        var evidence = (await run.Scenario.Evidence.ListAsync(ShippedRollout.RunId))[^1];
        Assert.Equal((EvidenceKind.Rollback, "mobile-beta"), (evidence.Kind, evidence.Stage));
        Assert.Equal(PlanText.WayBack(printed), LinesOf(evidence, "wayBack"));
    }

    private static PlaybookPlan Plan() => PlaybookPlan.Create(Shipped.Load("cloak-marketplace"), new Dictionary<string, JsonElement>(), DateTimeOffset.UnixEpoch, StepCatalog.BuiltIn);

    /// <summary>A plan says <c>incident/open (rollback-incident-open-1)</c>.</summary>
    private static string IdOf(string planned) => planned.Split('(', ')')[1];

    private static IEnumerable<string> LinesOf(StoredEvidence document, string name) =>
        JsonDocument.Parse(document.Json).RootElement.GetProperty(name).EnumerateArray().Select(line => line.GetString()!);
}
