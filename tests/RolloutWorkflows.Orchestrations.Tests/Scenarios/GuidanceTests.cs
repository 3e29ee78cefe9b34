using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Orchestrations.Tests.Scenarios;

/// <summary>Where a run holds because something failed, status and notice say what each choice would do.</summary>
public sealed class GuidanceTests
{
    private static readonly string Red = GoodWayTests.TwoStages
        .Replace("  metrics:\n", "  channels: { ops: { webhook: pager } }\n  metrics:\n", StringComparison.Ordinal)
        .Replace("    - name: small\n", "    - name: small\n      ready: [ { uses: http/probe, with: { url: \"http://127.0.0.1:1/health\" } } ]\n", StringComparison.Ordinal);

    [Fact]
    public async Task FailedCheck_StatusAndNotice_ListEachChoiceWithWhatItWouldDo()
    {
        await using var run = await RolloutScenario.GivenAsync(Red, metrics: GoodWayTests.AllGreen);
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(1));
        await run.ThenStateIsAsync(RunState.Holding);
        var choices = (await run.StatusAsync()).Choices;
        Assert.Equal([RunVerb.Retry, RunVerb.Ignore, RunVerb.Rollback, RunVerb.Abort], choices.Select(choice => choice.Verb));
        Assert.Equal("goes on as though it had passed; needs a reason and an admin other than ada, who started it", choices[1].Does);
        var notice = (await run.RecordAsync()).Last(entry => entry.Kind == RunLogKind.Announced).Message;
        Assert.StartsWith("To ops: run-1 needs you: ready ", notice, StringComparison.Ordinal);
        Assert.All(choices, choice => Assert.Contains($"\n{choice.Verb.ToString().ToLowerInvariant()}: {choice.Does}", notice, StringComparison.Ordinal));
        Assert.DoesNotContain(choices, choice => choice.Does.Contains('\n', StringComparison.Ordinal));
    }

    [Fact]
    public async Task RolledBack_SaysWhereARetryBegins()
    {
        await using var run = await RolloutScenario.GivenAsync(GoodWayTests.TwoStages, metrics: GoodWayTests.AllGreen);
        Assert.Empty((await run.StatusAsync()).Choices);
        await run.WhenAsync(RunVerb.Rollback, "bob");
        var choices = (await run.StatusAsync()).Choices;
        Assert.Equal([RunVerb.Retry, RunVerb.Rollback, RunVerb.Abort], choices.Select(choice => choice.Verb));
        Assert.Equal("begins again with small: its window, checks, approvals, then its steps", choices[0].Does);
    }

    [Fact]
    public async Task HeldForDrift_SaysWhatEachChoiceDoesToTheValue()
    {
        await using var run = await RolloutScenario.GivenAsync(GoodWayTests.TwoStages, metrics: GoodWayTests.AllGreen);
        await run.Flags.ChangeAsync(new FlagChange { Flag = "checkout", Actor = "eve", Apply = flag => flag! with { Percent = 50 } }, TestContext.Current.CancellationToken);
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(1));
        await run.ThenStateIsAsync(RunState.Holding);
        var choices = (await run.StatusAsync()).Choices;
        Assert.Equal([RunVerb.Resume, RunVerb.Retry, RunVerb.Ignore], choices.Select(choice => choice.Verb).Take(3));
        Assert.Equal("reads back what the run set, and goes on where all of it reads so again", choices[0].Does);
        Assert.Equal("sets again what the run had set, and goes on", choices[1].Does);
        Assert.StartsWith("accepts what stands now, and goes on; needs a reason", choices[2].Does, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HeldByAPerson_OffersToResume()
    {
        await using var run = await RolloutScenario.GivenAsync(GoodWayTests.TwoStages, metrics: GoodWayTests.AllGreen);
        await run.WhenAsync(RunVerb.Hold, "bob");
        var choices = (await run.StatusAsync()).Choices;
        Assert.Equal([RunVerb.Resume, RunVerb.Rollback, RunVerb.Abort], choices.Select(choice => choice.Verb));
        Assert.Equal("goes on where it was held (Soaking)", choices[0].Does);
    }
}
