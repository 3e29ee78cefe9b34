using RolloutWorkflows.Cli.Tests.Demo;

namespace RolloutWorkflows.Cli.Tests.PeopleInTheLoop;

/// <summary>The real program between people, a GitHub and a Slack: answered by the command line, and killed between what people do and what they are shown.</summary>
[Collection(SlowCollection.Name)]
public sealed class PeopleInTheLoopTests
{
    [Fact]
    public async Task Approval_ByTheCommandLine_PromotesAndIsShownEverywhere()
    {
        await using var served = await ServedEverywhere.AskAsync();

        var answer = (await served.Server.RunAsync("approve", "--as", "ada", "--reason", "figures are fine")).Ended(ExitCode.Ok);

        Assert.Contains("approve by ada", answer.Output, StringComparison.Ordinal);
        var vote = await served.ThenPromotedAsync();
        Assert.Equal(("cli", "figures are fine"), (vote.Via, vote.Reason));
        Assert.Contains("“figures are fine”", served.Now.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_KilledBetweenClickAndDialogAndRightAfterItsAnswer_LosesAndDoublesNothing()
    {
        await using var served = await ServedEverywhere.AskAsync();
        var dialog = await served.ClickAsync();
        await served.KillAndServeAgainAsync();

        Assert.Equal(200, (await served.SubmitAsync(dialog)).Status);
        await served.KillAndServeAgainAsync();
        // Slack sends again what it did not see answered.
        Assert.Equal(200, (await served.SubmitAsync(dialog, retry: 1)).Status);

        Assert.Equal("slack", (await served.ThenPromotedAsync()).Via);
    }

    [Fact]
    public async Task Server_KilledBetweenDeliveryAndProjection_ShowsEverythingOnceAfterwards()
    {
        await using var served = await ServedEverywhere.AskAsync();
        (served.GitHub.Faults.Down, served.Slack.Down) = (true, true);
        var comment = await served.CommentAsync("/approve go");
        await served.KillAndServeAgainAsync();
        Assert.Empty(served.ReactionsTo(comment));

        served.GitHub.Faults.Clear();
        served.Slack.Down = false;
        await served.GitHub.Webhooks.SendAsync(served.DeliveryOf("/approve go"));

        Assert.Equal("comment", (await served.ThenPromotedAsync()).Via);
        await ServedEverywhere.UntilAsync(() => served.ReactionsTo(comment).Count > 0, "a reaction");
        Assert.Equal(["+1"], served.ReactionsTo(comment));
    }
}
