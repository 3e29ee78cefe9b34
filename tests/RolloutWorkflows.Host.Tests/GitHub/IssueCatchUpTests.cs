using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host.Tests.GitHub;

/// <summary>What is found again by reading the issue, where a webhook did not come.</summary>
public sealed class IssueCatchUpTests
{
    [Fact]
    public async Task Comment_OfWhichNoWebhookTold_IsFoundAndAnsweredOnce()
    {
        await using var rig = await GitHubRig.StartAsync();
        rig.GitHub.Webhooks.Drop = true;

        var comment = await rig.SayAsync(GitHubRig.Ada, "/approve");

        await rig.UntilAsync(async () => (await rig.RunAsync()).State == RunState.Succeeded, "success");
        await rig.UntilAsync(() => rig.ReactionsTo(comment).Contains("+1"), "a reaction");
        Assert.Single(await rig.AnswersAsync());
    }

    [Fact]
    public async Task Comment_OfABotOrEditedMeanwhile_IsNotFound()
    {
        await using var rig = await GitHubRig.StartAsync();
        rig.GitHub.Webhooks.Drop = true;
        var comment = await rig.SayAsync(GitHubRig.Ada, "no");
        rig.Clock.Advance(TimeSpan.FromSeconds(5));
        await rig.GitHub.EditCommentAsync(GitHubRig.Mallory, GitHubRig.Repository, comment.Id, "/approve");
        await rig.SayAsync(rig.GitHub.AddApp(7, "helper").Bot.Id, "/approve");

        await rig.PassAsync(TimeSpan.FromMinutes(12));

        Assert.Empty(await rig.AnswersAsync());
    }

    [Fact]
    public async Task Comment_WrittenWhileTheServerWasAway_IsFound()
    {
        await using var rig = await GitHubRig.StartAsync();
        rig.GitHub.Webhooks.Drop = true;
        await rig.SayAsync(GitHubRig.Ada, "/approve");

        await rig.RestartAsync();

        await rig.UntilAsync(async () => (await rig.RunAsync()).State == RunState.Succeeded, "success");
    }

    [Fact]
    public async Task Comment_WrittenWhileGitHubCouldNotBeReached_IsFound()
    {
        await using var rig = await GitHubRig.StartAsync();
        rig.GitHub.Webhooks.Drop = true;
        rig.GitHub.Faults.Down = true;
        await rig.SayAsync(GitHubRig.Ada, "/approve");
        await rig.PassAsync(TimeSpan.FromMinutes(30));
        Assert.Empty(await rig.AnswersAsync());

        rig.GitHub.Faults.Clear();

        await rig.UntilAsync(async () => (await rig.RunAsync()).State == RunState.Succeeded, "success");
    }

    [Fact]
    public async Task Retry_FoundAfterTheRunMovedOn_IsRefused()
    {
        await using var rig = await GitHubRig.StartAsync();
        rig.GitHub.Webhooks.Drop = true;
        rig.GitHub.Faults.Down = true;
        await rig.SayAsync(GitHubRig.Linus, "/resume");
        rig.Clock.Advance(TimeSpan.FromSeconds(5));
        using (await rig.Host.CommandAsync(rig.RunId, "hold", new { @as = "grace", reason = "something is odd" }))
            await rig.UntilAsync(async () => (await rig.RunAsync()).State == RunState.Holding, "a hold");

        rig.GitHub.Faults.Clear();

        await rig.UntilAsync(async () => (await rig.AnswersAsync()).Count == 1, "an answer");
        var answer = Assert.Single(await rig.AnswersAsync());
        Assert.Equal(RunLogKind.CommandRefused, answer.Kind);
        Assert.Contains("moved on", answer.Message, StringComparison.Ordinal);
        Assert.Equal(RunState.Holding, (await rig.RunAsync()).State);
    }

    [Fact]
    public async Task Tick_OfWhichNoWebhookTold_CountsForWhomTheHistoryNames()
    {
        await using var rig = await GitHubRig.StartAsync();
        rig.GitHub.Webhooks.Drop = true;

        await rig.TickAsync(GitHubRig.Grace);
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        await rig.GitHub.EditBodyAsync(GitHubRig.Mallory, GitHubRig.Repository, rig.Issue, body => $"a remark\n{body}");

        await rig.UntilAsync(async () => (await rig.RunAsync()).State == RunState.Succeeded, "success");
        Assert.Equal("grace", Assert.Single(await rig.AnswersAsync()).Actor);
    }

    [Fact]
    public async Task Tick_WhoseAuthorGitHubDoesNotName_IsPutBackWithARequestToTickAgain()
    {
        await using var rig = await GitHubRig.StartAsync();
        rig.GitHub.Webhooks.Drop = true;
        rig.GitHub.Repository(GitHubRig.Repository).HidesRevisions = true;

        await rig.TickAsync(GitHubRig.Grace);

        await rig.UntilAsync(() => rig.Told().Any(text => text.Contains("tick again", StringComparison.OrdinalIgnoreCase)), "a request");
        await rig.UntilAsync(() => !rig.IsTicked("rollout:box=some/go"), "the box put back");
        Assert.Empty(await rig.AnswersAsync());
    }

    [Fact]
    public async Task Tick_ByAWebhookAndByReading_CountsOnce()
    {
        await using var rig = await GitHubRig.StartAsync(needed: 2);
        rig.GitHub.Webhooks.Hold = true;
        await rig.TickAsync(GitHubRig.Ada);
        var delivery = rig.GitHub.Webhooks.Deliveries.Last(one => one is { Event: "issues", Action: "edited" });
        await rig.UntilAsync(async () => (await rig.AnswersAsync()).Count == 1, "the vote");

        await rig.GitHub.Webhooks.SendAsync(delivery);

        Assert.Single(await rig.AnswersAsync());
        Assert.Single(Assert.Single((await rig.RunAsync()).OpenApprovals).Votes);
    }
}
