using System.Text;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host.Tests.PeopleInTheLoop;

/// <summary>The same answer, delivered again and again.</summary>
public sealed class ReplayedAnswersTests
{
    private const int Times = 10;

    [Fact]
    public async Task Click_ReplayedTenTimesWithItsDialog_IsOneVoteAndOneAnswer()
    {
        await using var scene = await EverywhereScene.StartAsync(needed: 2);
        var asked = await scene.AskAsync();
        var click = scene.Slack.ClickOf(Captain.Ada.Slack, asked.Question, SlackButton.Approve);
        await TenTimesAsync(retry => scene.Slack.SendAsync("interactive", click, scene.Delivery with { RetryNum = retry }));
        var dialog = await scene.Slack.WaitForAsync(slack => slack.Views.Count > 0 ? slack.Views[0] : null);
        var submission = scene.Slack.SubmissionOf(dialog, EverywhereScene.Reason("go"));

        await TenTimesAsync(retry => scene.Slack.SendAsync("interactive", submission, scene.Delivery with { RetryNum = retry }));

        await scene.UntilAsync(() => scene.ToldInSlack(Captain.Ada).Count > 0, "an answer");
        await scene.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Single(scene.Slack.Views);
        Assert.Contains("*Accepted:* approve by ada", Assert.Single(scene.ToldInSlack(Captain.Ada)), StringComparison.Ordinal);
        Assert.Single(await scene.RecordAsync(asked, RunLogKind.CommandAccepted, RunLogKind.CommandRefused));
        await ThenOneVoteAsync(scene, asked);
    }

    [Fact]
    public async Task Comment_DeliveredTenTimesUnderOneIdAndTenMore_IsOneVoteAndOneReaction()
    {
        await using var scene = await EverywhereScene.StartAsync(needed: 2);
        var asked = await scene.AskAsync();
        scene.GitHub.Webhooks.Hold = true;
        var comment = await scene.ByCommentAsync(asked, Captain.Ada, "go");
        var delivery = scene.GitHub.Webhooks.Deliveries.Last(one => one is { Event: "issue_comment", Action: "created" } && Encoding.UTF8.GetString(one.Body).Contains("\"/approve go\"", StringComparison.Ordinal));
        scene.GitHub.Webhooks.Hold = false;

        await TenTimesAsync(retry => scene.GitHub.Webhooks.SendAsync(delivery));
        await TenTimesAsync(retry => scene.GitHub.Webhooks.SendAsync(delivery with { Id = $"another-{retry}" }));

        await scene.UntilAsync(() => scene.ReactionsTo(asked, comment).Count > 0, "a reaction");
        await scene.PassAsync(TimeSpan.FromMinutes(6));
        Assert.Equal(["+1"], scene.ReactionsTo(asked, comment));
        Assert.Single(await scene.RecordAsync(asked, RunLogKind.CommandAccepted, RunLogKind.CommandRefused));
        await ThenOneVoteAsync(scene, asked);
    }

    private static async Task ThenOneVoteAsync(EverywhereScene scene, AskedRun asked)
    {
        Assert.Equal("ada", Assert.Single(await scene.VotesAsync(asked)).Person);
        await scene.UntilAsync(() => scene.Now(asked).Shown.Contains("*1 of 2*: ada\n", StringComparison.Ordinal), "one vote in the thread");
        Assert.Single(scene.Told(asked.Issue), text => text.Contains("is asked", StringComparison.Ordinal));
    }

    /// <summary>All at once; the first is no retry.</summary>
    private static Task TenTimesAsync<T>(Func<int?, Task<T>> send) => Task.WhenAll(Enumerable.Range(0, Times).Select(retry => send(retry == 0 ? null : retry)));
}
