using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.ShippedPlaybooks.Tests.Web4;

/// <summary>What web4-mycelia watches, how deeply, and what follows from it.</summary>
public sealed class Web4GuardTests
{
    [Fact]
    [Requirement("M7", "web4-mycelia")]
    [Requirement("M5", "web4-mycelia")]
    public async Task Stages_WatchMoreTheWiderTheyAre()
    {
        await using var service = await Web4Scene.StartAsync();
        await using var run = await service.RunAsync();
        var watched = new Dictionary<string, string[]>();
        foreach (var stage in new[] { "canary", "one-percent", "ten-percent", "fifty-percent", "everybody" })
        {
            await run.UntilAsync(at => at.Stage == stage && at.State == RunState.Soaking, $"the soak of {stage}", skipsSoaks: true);
            await run.Scenario.WhenTimePassesAsync(TimeSpan.FromMinutes(11));
            var soak = await run.Scenario.SoakAsync(stage);
            Assert.All(soak.Guardrails, guardrail => Assert.Equal(MeasurementVerdict.Passed, guardrail.Last?.Verdict));
            watched[stage] = [.. soak.Guardrails.Select(guardrail => guardrail.Name).Order(StringComparer.Ordinal)];
        }

        Assert.Equal(["error-rate"], watched["canary"]);
        Assert.Equal(["error-rate"], watched["one-percent"]);
        Assert.Equal(["error-rate", "latency-at-ten", "satisfaction-at-ten"], watched["ten-percent"]);
        Assert.Equal(["completion-against-control", "error-rate", "latency-at-fifty", "satisfaction-at-fifty"], watched["fifty-percent"]);
        Assert.Equal(["error-rate", "latency-at-hundred", "satisfaction-at-hundred"], watched["everybody"]);
        Assert.Contains(await run.Scenario.RecordAsync(), entry => entry.Message.Contains("Kept as 'before-one-percent', the mean of ", StringComparison.Ordinal));
    }

    [Fact]
    [Requirement("M4", "web4-mycelia")]
    [Requirement("M5", "web4-mycelia", BadWay = true)]
    public async Task Latency_MoreThanAFifthAboveTheBaseline_TheTeamIsToldAndNothingIsTakenAway()
    {
        await using var service = await Web4Scene.StartAsync();
        await using var run = await service.RunAsync();
        await run.UntilAsync(at => at.Stage == "ten-percent" && at.State == RunState.Soaking, "the soak at 10 %", skipsSoaks: true);

        service.Break("slow");
        await run.Scenario.WhenTimePassesAsync(TimeSpan.FromMinutes(11));

        Assert.Contains(await run.Scenario.RecordAsync(), entry => entry.Kind == RunLogKind.GuardrailSpoke && entry.Message.Contains("latency-at-ten", StringComparison.Ordinal) && entry.Message.Contains("baseline", StringComparison.Ordinal));
        Assert.True((await run.Scenario.SoakAsync("ten-percent")).Guardrails.Single(guardrail => guardrail.Name == "latency-at-ten").Warnings > 0);
        await run.UntilAsync(at => at.State == RunState.Succeeded, "success", skipsSoaks: true);
    }

    [Fact]
    [Requirement("M4", "web4-mycelia")]
    public async Task ErrorRate_BetweenTwoAndFivePercent_WarnsAndGoesOn()
    {
        await using var service = await Web4Scene.StartAsync();
        await using var run = await service.RunAsync();
        await run.UntilAsync(at => at.Stage == "fifty-percent" && at.State == RunState.Soaking, "the soak at 50 %", skipsSoaks: true);

        service.Break("flaky");
        await run.Scenario.WhenTimePassesAsync(TimeSpan.FromHours(3));

        var errors = (await run.Scenario.SoakAsync("fifty-percent")).Guardrails.Single(guardrail => guardrail.Name == "error-rate");
        Assert.True(errors.Warnings > 0, $"{errors}");
        Assert.Contains(await run.Scenario.RecordAsync(), entry => entry.Kind == RunLogKind.Announced && entry.Message.StartsWith("To sre (margaret, linus), ops", StringComparison.Ordinal) && entry.Message.Contains("error-rate", StringComparison.Ordinal));
        Assert.Equal(RunState.Soaking, (await run.Scenario.StatusAsync()).State);
    }

    [Fact]
    [Requirement("M4", "web4-mycelia", BadWay = true)]
    [Requirement("M3", "web4-mycelia", BadWay = true)]
    public async Task ErrorRate_AboveFivePercentThrice_RollsBackByItself()
    {
        await using var service = await Web4Scene.StartAsync();
        await using var run = await service.RunAsync();
        await run.UntilAsync(at => at.Stage == "ten-percent" && at.State == RunState.Soaking, "the soak at 10 %", skipsSoaks: true);

        service.Break("ten-percent");
        await run.UntilAsync(at => at.State == RunState.RolledBack, "a rollback");

        Assert.Equal(3, (await run.Scenario.SoakAsync("ten-percent")).Guardrails.Single(guardrail => guardrail.Name == "error-rate").Failed);
        Assert.Contains("result > 5%", (await run.Scenario.StatusAsync()).Rollback!.Cause, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("M1", "web4-mycelia", BadWay = true)]
    public async Task Soak_OneBadMinuteAndARestartOfTheServer_CountsOnlyCleanTime()
    {
        await using var service = await Web4Scene.StartAsync();
        await using var run = await service.RunAsync();
        await run.UntilAsync(at => at.Stage == "one-percent" && at.State == RunState.Soaking, "the soak at 1 %");
        await run.Scenario.WhenTimePassesAsync(TimeSpan.FromHours(20));

        service.Break("broken");
        await run.Scenario.WhenTimePassesAsync(TimeSpan.FromMinutes(1));
        service.Mend("broken");
        await run.Scenario.WhenTheServerRestartsAsync();
        await run.Scenario.WhenTimePassesAsync(TimeSpan.FromHours(5));

        var soak = await run.Scenario.SoakAsync("one-percent");
        Assert.Equal((false, 1), (soak.Passed, soak.Resets));
        Assert.InRange(soak.Counted, TimeSpan.FromHours(4.5), TimeSpan.FromHours(5.1));
    }

    [Fact]
    [Requirement("M3", "web4-mycelia", BadWay = true)]
    public async Task Satisfaction_BelowFour_IsNotPromotedAndHoldsAtTheLatest()
    {
        await using var service = await Web4Scene.StartAsync();
        await using var run = await service.RunAsync(Web4Scene.Leisurely());
        await run.UntilAsync(at => at.Stage == "ten-percent" && at.State == RunState.Soaking, "the soak at 10 %", skipsSoaks: true);

        service.Break("disliked");
        await run.UntilAsync(at => at.State == RunState.Holding, "a hold", pace: TimeSpan.FromHours(1));

        var status = await run.Scenario.StatusAsync();
        Assert.Equal("ten-percent", status.Stage);
        Assert.Equal(10, await run.Scenario.PercentAsync(Web4Scene.IntentBar));
        Assert.DoesNotContain(await run.Scenario.RecordAsync(), entry => entry.Kind == RunLogKind.StagePromoted && entry.Stage == "ten-percent");
    }

    [Theory]
    [InlineData("ten-percent")]
    [InlineData("fifty-percent")]
    [InlineData("everybody")]
    [Requirement("M3", "web4-mycelia", BadWay = true)]
    public async Task ErrorRate_BetweenOneAndFivePercent_IsNotPromotedAndHoldsAtTheLatest(string stage)
    {
        await using var service = await Web4Scene.StartAsync();
        var playbook = Shipped.Load("web4-mycelia");
        // How long a stage waits for its criteria is not what is looked at.
        await using var run = await service.RunAsync(playbook with { Stages = [.. playbook.Stages.Select(one => one.Soak is null ? one : one with { Soak = one.Soak with { For = TimeSpan.FromHours(1), AtMost = TimeSpan.FromHours(2) } })] });
        await run.UntilAsync(at => at.Stage == stage && at.State == RunState.Soaking, $"the soak of {stage}", skipsSoaks: true);

        service.Break("flaky");
        await run.UntilAsync(at => at.State == RunState.Holding, "a hold");

        var status = await run.Scenario.StatusAsync();
        Assert.Equal(stage, status.Stage);
        Assert.Contains("result < 1%", status.Because, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("canary", "error-rate < 1%", "satisfaction >= 4.0")]
    [InlineData("one-percent", "error-rate < 1%")]
    [InlineData("ten-percent", "error-rate < 1%", "p95 <= 500", "satisfaction >= 4.0")]
    [InlineData("fifty-percent", "error-rate < 1%", "p95 <= 500", "satisfaction >= 4.0", "completion-rate >= 70%")]
    [InlineData("everybody", "error-rate < 1%", "p95 <= 500", "satisfaction >= 4.0", "completion-rate >= 70%", "retention-rate >= 60%")]
    [Requirement("M3", "web4-mycelia")]
    public void Stage_IsMeasuredByMoreTheWiderItIs(string stage, params string[] criteria) =>
        Assert.Equal(criteria, Shipped.Load("web4-mycelia").FindStage(stage)!.Criteria.Select(criterion => $"{criterion.With["metric"]} {criterion.With["successCondition"]}".Replace(" result ", " ", StringComparison.Ordinal)));

    [Fact]
    [Requirement("M7", "web4-mycelia", BadWay = true)]
    public async Task Completion_WorseThanTheControlGroups_HoldsUntilItIsMended()
    {
        await using var service = await Web4Scene.StartAsync();
        await using var run = await service.RunAsync();
        await run.UntilAsync(at => at.Stage == "fifty-percent" && at.State == RunState.Soaking, "the soak at 50 %", skipsSoaks: true);

        service.Break("confusing");
        await run.UntilAsync(at => at.State == RunState.Holding, "a hold");
        Assert.Contains("completion-against-control", (await run.Scenario.StatusAsync()).Because, StringComparison.Ordinal);
        Assert.Equal(50, await run.Scenario.PercentAsync(Web4Scene.IntentBar));

        service.Mend("confusing");
        await run.Scenario.WhenAsync(RunVerb.Resume, "grace", "the bar explains itself now");
        await run.UntilAsync(at => at.State == RunState.Succeeded, "success", skipsSoaks: true);
    }

    [Fact]
    [Requirement("M8", "web4-mycelia", BadWay = true)]
    public async Task ErrorRate_AboveItsLimitAfterTheLastPromotion_TakesEverythingBack()
    {
        await using var service = await Web4Scene.StartAsync();
        await using var run = await service.RunAsync();
        await run.UntilAsync(at => at.Stages.All(stage => stage.State == StageState.Promoted), "the last promotion", skipsSoaks: true);
        await run.Scenario.WhenTimePassesAsync(TimeSpan.FromHours(20));

        service.Break("broken");
        await run.UntilAsync(at => at.State == RunState.RolledBack, "a rollback");

        Assert.Empty(await service.ShownToAsync(["ada", "user-1", "user-2"]));
    }
}
