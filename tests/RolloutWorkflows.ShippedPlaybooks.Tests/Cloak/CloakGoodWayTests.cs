using System.Text.Json;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.ShippedPlaybooks.Tests.Cloak;

/// <summary>cloak-marketplace where nothing goes wrong.</summary>
public sealed class CloakGoodWayTests
{
    [Fact]
    [Requirement("G1", "cloak-marketplace")]
    [Requirement("G4", "cloak-marketplace")]
    [Requirement("G6", "cloak-marketplace")]
    [Requirement("G7", "cloak-marketplace")]
    [Requirement("K3", "cloak-marketplace")]
    [Requirement("K5", "cloak-marketplace")]
    [Requirement("K6", "cloak-marketplace")]
    [Requirement("K10", "cloak-marketplace")]
    [Requirement("K12", "cloak-marketplace")]
    [Requirement("M3", "cloak-marketplace")]
    [Requirement("H2", "cloak-marketplace")]
    [Requirement("D3", "cloak-marketplace")]
    [Requirement("H1", "cloak-marketplace")]
    public async Task Run_WithASoundMarketplace_OpensSurfaceBySurfaceToEverybody()
    {
        await using var scene = await CloakScene.StartAsync();
        await using var run = await scene.RunAsync();

        await run.UntilAsync(at => at.State == RunState.Succeeded, "success", skipsSoaks: true, pace: TimeSpan.FromMinutes(30));

        var record = await run.Scenario.RecordAsync();
        string[] stages = ["internal-dry-run", "web-operator-beta", "mobile-beta", "extension-beta", "public-beta"];
        Assert.Equal(stages, record.Where(entry => entry.Kind == RunLogKind.StagePromoted).Select(entry => entry.Stage));
        foreach (var surface in new[] { "WEB", "MOBILE", "EXTENSION" })
        {
            Assert.Contains($"CLOAK_MARKETPLACE_{surface}_ENABLED=true", scene.Environment, StringComparison.Ordinal);
            Assert.Equal(100, await run.Scenario.PercentAsync($"cloak_marketplace_{surface.ToLowerInvariant()}"));
        }

        Assert.Equal([.. stages, "finally"], scene.Tracker.Select(line => line.Split(", ")[2].Split(':')[0]));
        Assert.All(scene.Tracker.Take(5), line => Assert.Contains(" on test matrix sha256 ", line, StringComparison.Ordinal));
        foreach (var check in new[] { "telemetry-visible", "replay-verified", "settle-path", "paid-runs", "api-suite", "mobile-paid-run", "extension-build", "rate-limits", "keys-documented", "calm" })
            Assert.Contains(record, entry => entry.Kind is RunLogKind.StepFinished or RunLogKind.CriteriaMeasured && entry.DataAs<StepStatus>() is { Verdict: StepVerdict.Passed } step && step.StepId == check);
        var review = Assert.Single(record, entry => entry.Kind == RunLogKind.ApprovalDecided && entry.Message.StartsWith("paid-run-review: approved", StringComparison.Ordinal));
        Assert.Contains(review.DataAs<OpenApproval>()!.Votes, vote => vote.Person is "margaret" or "barbara");
        Assert.True(record.Count(entry => entry.Kind == RunLogKind.ApprovalDecided && entry.DataAs<OpenApproval>() is { Name: "owner", Votes: [{ Approves: true }, ..] }) >= 4);
        Assert.Contains(scene.Told("integrators"), text => text.Contains("public beta", StringComparison.Ordinal));
        Assert.DoesNotContain(scene.GitHub.Repository(CloakScene.Repository).Issues, issue => issue.Labels.Contains("incident"));
        EvidenceOf(await run.Scenario.Evidence.ListAsync(ShippedRollout.RunId), stages);
    }

    /// <summary>A document for each promotion and for the end, each with what it was decided on, and by whom.</summary>
    private static void EvidenceOf(IReadOnlyList<StoredEvidence> documents, string[] stages)
    {
        Assert.Equal([.. stages, null], documents.Select(document => document.Stage));
        foreach (var document in documents.Take(stages.Length).Select(stored => JsonDocument.Parse(stored.Json).RootElement))
        {
            Assert.Contains(document.GetProperty("documents").EnumerateArray(), attached => attached.GetProperty("name").GetString() == "test-matrix");
            Assert.NotEmpty(document.GetProperty("wayBack").EnumerateArray());
            var approvals = document.GetProperty("approvals").EnumerateArray().ToList();
            Assert.NotEmpty(approvals);
            Assert.All(approvals.SelectMany(approval => approval.GetProperty("votes").EnumerateArray()), vote => Assert.Equal(("test", "looks good"), (vote.GetProperty("via").GetString(), vote.GetProperty("reason").GetString())));
            Assert.All(approvals.Where(approval => approval.GetProperty("name").GetString() != "owner"), approval => Assert.Equal(approval.GetProperty("shownDigest").GetString(), approval.GetProperty("votes")[0].GetProperty("shown").GetString()));
        }
    }

    [Fact]
    [Requirement("A1", "cloak-marketplace")]
    [Requirement("A3", "cloak-marketplace")]
    public async Task Surfaces_StageByStage_HaveTheSwitchesAndAllowlistsOfThePage()
    {
        await using var scene = await CloakScene.StartAsync();
        await using var run = await scene.RunAsync();

        await CloakScene.SoakOfAsync(run, "internal-dry-run");
        await ThenAsync(web: true, mobile: false, extension: false, "cloak_marketplace_web", "0xcore1", 3);
        await CloakScene.SoakOfAsync(run, "web-operator-beta");
        await ThenAsync(web: true, mobile: false, extension: false, "cloak_marketplace_web", "0xoperator1", 6);
        await CloakScene.SoakOfAsync(run, "mobile-beta");
        await ThenAsync(web: true, mobile: true, extension: false, "cloak_marketplace_mobile", "0xtester1", 4);
        await CloakScene.SoakOfAsync(run, "extension-beta");
        await ThenAsync(web: true, mobile: true, extension: true, "cloak_marketplace_extension", "0xplugin1", 4);

        async Task ThenAsync(bool web, bool mobile, bool extension, string flag, string wallet, int wallets)
        {
            foreach (var (surface, on) in new[] { ("WEB", web), ("MOBILE", mobile), ("EXTENSION", extension) })
                Assert.Contains($"CLOAK_MARKETPLACE_{surface}_ENABLED={(on ? "true" : "false")}\n", scene.Environment, StringComparison.Ordinal);
            var canary = (await run.Scenario.Flags.FindAsync(flag))!.Canary;
            Assert.True(canary.Enabled);
            Assert.Contains(wallet, canary.Users);
            Assert.Equal(wallets, canary.Users.Count);
        }
    }
}
