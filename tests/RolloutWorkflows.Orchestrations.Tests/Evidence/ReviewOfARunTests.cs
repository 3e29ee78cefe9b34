using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Orchestrations.Tests.Scenarios;

namespace RolloutWorkflows.Orchestrations.Tests.Evidence;

/// <summary>What a run that went back knows of it, as the draft of a review.</summary>
public sealed class ReviewOfARunTests
{
    [Fact]
    public async Task Review_OfARollbackByItself_TellsWhenWhyAndWhatWasRestored()
    {
        await using var run = await RolloutScenario.GivenAsync(GoodWayTests.TwoStages, metrics: GoodWayTests.AllGreen);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(2));
        run.Metrics.Say("errors", _ => MetricReading.Of(0.3));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(4));
        await run.ThenStateIsAsync(RunState.RolledBack);

        var draft = (await run.Host.Services.GetRequiredService<IReviews>().DraftAsync(RolloutScenario.RunId))!;
        Assert.Equal(("small", 1), (draft.Stage, draft.Attempt));
        Assert.Equal(TimeSpan.FromMinutes(2), draft.DetectedAt - draft.FirstFailedAt);
        Assert.Equal(TimeSpan.FromMinutes(2), draft.TimeToDetect);
        Assert.InRange(draft.TimeToRecover!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.StartsWith("# Post-incident review: New checkout, stage small", draft.Markdown, StringComparison.Ordinal);
        Assert.Contains("- **Noticed by:** the rollout itself: guardrail errors", draft.Markdown, StringComparison.Ordinal);
        Assert.Contains("| Failed | 0.3 |", draft.Markdown, StringComparison.Ordinal);
        Assert.Contains("- [ ] [What will be changed, by whom, by when]", draft.Markdown, StringComparison.Ordinal);
        Assert.Contains("Document 1, ", draft.Markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", draft.Markdown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Review_OfARollbackByAPerson_SaysWhoDecidedAndWhy()
    {
        await using var run = await RolloutScenario.GivenAsync(GoodWayTests.TwoStages, metrics: GoodWayTests.AllGreen);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(2));
        await run.WhenAsync(RunVerb.Rollback, "cyn", "users @complain <script>");
        var draft = (await run.Host.Services.GetRequiredService<IReviews>().DraftAsync(RolloutScenario.RunId))!;
        Assert.Null(draft.FirstFailedAt);
        Assert.Null(draft.TimeToDetect);
        Assert.Contains("- **Noticed by:** cyn:", draft.Markdown, StringComparison.Ordinal);
        Assert.Contains("rollback by cyn, “users @\u200bcomplain &lt;script&gt;”", draft.Markdown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Review_OfARunThatNeverWentBack_IsNone()
    {
        await using var run = await RolloutScenario.GivenAsync(GoodWayTests.TwoStages, metrics: GoodWayTests.AllGreen);
        Assert.Null(await run.Host.Services.GetRequiredService<IReviews>().DraftAsync(RolloutScenario.RunId));
        Assert.Null(await run.Host.Services.GetRequiredService<IReviews>().DraftAsync("no-such-run"));
    }

    [Fact]
    public async Task Review_WithATemplateOfTheHost_FillsItsPlacesAndLeavesWhatItDoesNotKnow()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "OURS {{run}} {{ summary }} {{typo}}", TestContext.Current.CancellationToken);
        try
        {
            await using var run = await RolloutScenario.GivenAsync(GoodWayTests.TwoStages, metrics: GoodWayTests.AllGreen, services: services => services.AddSingleton(new EvidenceOptions { ReviewTemplate = file }));
            await run.WhenTimePassesAsync(TimeSpan.FromHours(2));
            await run.WhenAsync(RunVerb.Rollback, "cyn", "users complain");
            var draft = (await run.Host.Services.GetRequiredService<IReviews>().DraftAsync(RolloutScenario.RunId))!;
            Assert.StartsWith("OURS `run-1` Run `run-1` of playbook `checkout`", draft.Markdown, StringComparison.Ordinal);
            Assert.EndsWith(" {{typo}}", draft.Markdown, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Review_WhereTheRunOpenedAnIncident_StandsUnderItOnceAlsoWithALostAnswer()
    {
        await using var github = new ScenarioGitHub();
        await using var run = await RolloutScenario.GivenAsync(IncidentTests.Yaml, github, metrics: metrics => metrics.Say("errors", _ => MetricReading.Of(0)));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(2));
        github.Server.Faults.LoseAnswer(when: request => request.Method == "POST" && request.Path.EndsWith("/comments", StringComparison.Ordinal));
        run.Metrics.Say("errors", _ => MetricReading.Of(9));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(10));
        await run.ThenStateIsAsync(RunState.RolledBack);

        var comment = Assert.Single(Assert.Single(github.Repository.Issues).Comments);
        Assert.StartsWith("# Post-incident review: node, stage small", comment.Body, StringComparison.Ordinal);
        Assert.Contains("- Incident: <", comment.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("@everyone", comment.Body, StringComparison.Ordinal);
    }
}
