using System.Text.Json;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Counterparts;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.ShippedPlaybooks.Tests.Web4;

/// <summary>web4-mycelia before and between its stages, where people and services are in the way.</summary>
public sealed class Web4BadWayTests
{
    [Theory]
    [InlineData("alert", "IntentBarDown")]
    [InlineData("unarmed", "alerting is not armed")]
    [Requirement("K3", "web4-mycelia", BadWay = true)]
    public async Task Preflight_AnAlertFiresOrNobodyWouldHearOfOne_HoldsUntilItIsSilent(string fault, string expected)
    {
        await using var service = await Web4Scene.StartAsync();
        service.Break(fault);
        await using var run = await service.RunAsync();
        await run.UntilAsync(at => at.State == RunState.Holding, "a hold");
        Assert.Contains(expected, (await run.Scenario.StatusAsync()).Because, StringComparison.Ordinal);

        service.Mend(fault);
        await run.Scenario.WhenAsync(RunVerb.Retry, "grace", "silent again");
        await run.UntilAsync(at => at.Stage == "canary" && at.State == RunState.Soaking, "the canary");
    }

    [Fact]
    [Requirement("K3", "web4-mycelia")]
    public async Task Preparation_DashboardsHaveFiguresAndAlertingIsArmed_StandsInTheRecord()
    {
        await using var service = await Web4Scene.StartAsync();
        await using var run = await service.RunAsync();

        await run.UntilAsync(at => at.Stage == "canary", "the canary");

        var passed = (await run.Scenario.RecordAsync()).Where(entry => entry.Kind == RunLogKind.StepFinished && entry.Stage == "preparation").Select(entry => entry.Message).ToList();
        Assert.Contains(passed, line => line.Contains("Watchdog does, so alerting is armed", StringComparison.Ordinal));
        foreach (var check in new[] { "performance-validated", "satisfaction-measured", "completion-measured" })
            Assert.Contains(passed, line => line.Contains($"{check} (metric/threshold) passed", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("success", false)]
    [InlineData("failure", true)]
    [Requirement("K5", "web4-mycelia")]
    [Requirement("K5", "web4-mycelia", BadWay = true)]
    public async Task Preparation_ChecksOfTheCommit_DecideWhetherItGoesOn(string conclusion, bool holds)
    {
        await using var gitHub = await FakeGitHub.StartAsync(TimeProvider.System);
        gitHub.AddRepository("web4/mycelia");
        gitHub.Conclude("web4/mycelia", "end-to-end", conclusion);
        await using var service = await Web4Scene.StartAsync();
        var settings = service.Settings();
        settings["secrets"] = new Dictionary<string, object> { ["github"] = new { env = "GITHUB" } };
        settings["gitHub"] = new { apiUrl = gitHub.Address.GetLeftPart(UriPartial.Authority), token = "github", writeInterval = "0s" };
        var playbook = Shipped.Load("web4-mycelia");
        await using var run = await service.RunAsync(playbook, settings, new { serviceUrl = service.Origin, repository = "web4/mycelia" },
            new Dictionary<string, string> { ["GITHUB"] = gitHub.AddToken(gitHub.AddUser(1, "rollouts")) });

        await run.UntilAsync(at => at.State == RunState.Holding || at.Stage == "canary", "a decision");

        var status = await run.Scenario.StatusAsync();
        Assert.Equal(holds, status.State == RunState.Holding);
        if (holds) Assert.Contains("end-to-end", status.Because, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("A7", "web4-mycelia", BadWay = true)]
    public async Task Banner_TheServiceTakesNoAnnouncements_TheRunGoesOnAndTheyArriveLater()
    {
        await using var service = await Web4Scene.StartAsync();
        await using var run = await service.RunAsync();
        service.Break("deaf");
        await run.UntilAsync(at => at.Stage == "ten-percent" && at.State == RunState.Soaking, "the soak at 10 %", skipsSoaks: true);
        Assert.Null(service.Banner);

        service.Mend("deaf");
        await run.Scenario.WhenTimePassesAsync(TimeSpan.FromHours(2));

        Assert.Equal("🎯 New Feature Available: Intent Bar is now available for 10% of users.", service.Banner);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(11)]
    [Requirement("A3", "web4-mycelia", BadWay = true)]
    public void TrustedUsers_FewerThanFiveOrMoreThanTen_AreRefusedAtTheStart(int count)
    {
        var users = JsonSerializer.SerializeToElement(Enumerable.Range(0, count).Select(number => $"user-{number}"));

        Assert.Contains("trustedUsers", Assert.Single(InputBinder.Bind(Shipped.Load("web4-mycelia"), new Dictionary<string, JsonElement> { ["trustedUsers"] = users }).Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("A2", "web4-mycelia", BadWay = true)]
    public void Flag_ThatIsNoRolloutFlag_IsRefusedAtTheStart() =>
        Assert.Contains("intent_bar_v1_rollout", Assert.Single(InputBinder.Bind(Shipped.Load("web4-mycelia"), new Dictionary<string, JsonElement> { ["flag"] = JsonSerializer.SerializeToElement("intent_bar") }).Problems).ToString(), StringComparison.Ordinal);

    [Fact]
    [Requirement("A2", "web4-mycelia", BadWay = true)]
    public async Task Flag_OpenedFurtherByHand_IsDriftThatHoldsUntilItIsSetAgain()
    {
        await using var service = await Web4Scene.StartAsync();
        await using var run = await service.RunAsync();
        await run.UntilAsync(at => at.Stage == "ten-percent" && at.State == RunState.Soaking, "the soak at 10 %", skipsSoaks: true);

        await run.Scenario.Flags.ChangeAsync(new FlagChange { Flag = Web4Scene.IntentBar, Actor = "margaret", Apply = FlagEdit.Percent(Web4Scene.IntentBar, 60) });
        await run.UntilAsync(at => at.State == RunState.Holding, "a hold");
        Assert.Equal("margaret", Assert.Single((await run.Scenario.StatusAsync()).Drift).By);

        await run.Scenario.WhenAsync(RunVerb.Retry, "grace", "nobody agreed to it");
        await run.UntilAsync(at => at.State == RunState.Soaking, "the soak anew");
        Assert.Equal(10, await run.Scenario.PercentAsync(Web4Scene.IntentBar));
    }

    [Fact]
    [Requirement("H1", "web4-mycelia", BadWay = true)]
    public async Task Approval_OfWhoeverStartedTheRun_DoesNotCount()
    {
        await using var service = await Web4Scene.StartAsync();
        await using var run = await service.RunAsync();
        await run.UntilAsync(at => at.Stage == "fifty-percent" && at.OpenApprovals.Count > 0, "the question after 50 %", skipsSoaks: true);
        var asked = (await run.Scenario.StatusAsync()).OpenApprovals[0];

        var own = await run.Scenario.WhenAsync(RunVerb.Approve, "ada", "my own run", asked.ApprovalId);
        Assert.Equal(RunLogKind.CommandRefused, own.Kind);
        await run.Scenario.WhenAsync(RunVerb.Approve, "grace", "fine", asked.ApprovalId);
        await run.Scenario.WhenAsync(RunVerb.Approve, "grace", "still fine", asked.ApprovalId);

        Assert.Equal("fifty-percent", (await run.Scenario.StatusAsync()).Stage);
        Assert.Equal(50, await run.Scenario.PercentAsync(Web4Scene.IntentBar));
    }

    [Fact]
    [Requirement("B8", "web4-mycelia")]
    [Requirement("B8", "web4-mycelia", BadWay = true)]
    public async Task Release_FixedAfterAStageWasTakenBack_ANewRunTakesOverFromThatStage()
    {
        await using var service = await Web4Scene.StartAsync();
        await using var run = await service.RunAsync();
        await run.UntilAsync(at => at.Stage == "ten-percent" && at.State == RunState.Soaking, "the soak at 10 %", skipsSoaks: true);
        await run.Scenario.WhenAsync(RunVerb.Rollback, "grace", "customers report lost drafts", to: "stage-start");
        await run.UntilAsync(at => at.State == RunState.RolledBack, "a rollback");
        Assert.Equal(1, await run.Scenario.PercentAsync(Web4Scene.IntentBar));

        var yaml = File.ReadAllText(Repository.PathOf("playbooks", "web4-mycelia.yaml")).Replace("http://127.0.0.1:7080", service.Origin, StringComparison.Ordinal);
        await run.Scenario.WhenSupersededAsync(yaml, "ten-percent");

        await run.UntilAsync(at => at.State == RunState.Succeeded, "success of the new run", skipsSoaks: true);
        Assert.Equal(["ten-percent", "fifty-percent", "everybody"], (await run.Scenario.RecordAsync()).Where(entry => entry.Kind == RunLogKind.StagePromoted).Select(entry => entry.Stage));
        Assert.Equal(RunState.Aborted, (await run.Scenario.StatusAsync(ShippedRollout.RunId)).State);
        Assert.Equal(100, await run.Scenario.PercentAsync(Web4Scene.IntentBar));
    }
}
