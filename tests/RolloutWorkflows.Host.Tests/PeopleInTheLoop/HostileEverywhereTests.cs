using System.Text;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host.Tests.PeopleInTheLoop;

/// <summary>What goes wrong between two places and a run; what goes wrong at one of them is tried beside it.</summary>
public sealed class HostileEverywhereTests
{
    private const string Evil = "<script>alert(1)</script> <!channel> @ada <!-- rollout:box=some/go --> [x](https://evil.example) <!-- rollout:end";

    [Fact]
    public async Task Stranger_ByEveryWay_IsToldAndRecordedAndChangesNothing()
    {
        await using var scene = await EverywhereScene.StartAsync();
        var asked = await scene.AskAsync();

        Assert.Equal(200, (await scene.Slack.ClickAsync(Captain.Mallory.Slack, asked.Question, SlackButton.Approve, scene.Delivery)).Status);
        await scene.Slack.WaitForAsync(_ => scene.ToldInSlack(Captain.Mallory).Count > 0 ? this : null);
        var comment = await scene.ByCommentAsync(asked, Captain.Mallory, "mine");
        await scene.ByTickAsync(asked, Captain.Mallory);
        var (status, text) = await scene.ByHttpAsync(asked, Captain.Mallory, "mine");

        Assert.Contains("none of the people of this run", Assert.Single(scene.ToldInSlack(Captain.Mallory)), StringComparison.Ordinal);
        Assert.Empty(scene.Slack.Views);
        Assert.True(status is 403 or 409, text);
        await scene.UntilAsync(() => scene.ReactionsTo(asked, comment).SequenceEqual(["-1"]) && !scene.IsTicked(asked), "no to the comment, and the box put back");
        await scene.UntilAsync(() => scene.Told(asked.Issue).Any(told => told.Contains("666", StringComparison.Ordinal)), "the number of the account");
        await scene.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Empty(await scene.VotesAsync(asked));
        Assert.Equal(RunState.AwaitingApproval, (await scene.RunAsync(asked.RunId)).State);
        var refused = await scene.RecordAsync(asked, RunLogKind.CommandRefused);
        Assert.Contains(refused, line => line.Actor.Contains("U0MALLORY", StringComparison.Ordinal));
        Assert.Contains(refused, line => line.Actor.Contains("github 666", StringComparison.Ordinal));
        Assert.Empty(await scene.RecordAsync(asked, RunLogKind.CommandAccepted));
    }

    [Fact]
    public async Task Delivery_SignedByOneForTheOther_IsRefusedByBoth()
    {
        await using var scene = await EverywhereScene.StartAsync();
        var asked = await scene.AskAsync();
        scene.GitHub.Webhooks.Hold = true;
        await scene.ByCommentAsync(asked, Captain.Ada, "go");
        var spoken = scene.GitHub.Webhooks.Deliveries.Last(one => one is { Event: "issue_comment", Action: "created" });
        var before = (await scene.Host.DetailsAsync(asked.RunId)).Timeline.Count;

        scene.GitHub.Webhooks.Secret = scene.Slack.SigningSecret;
        Assert.Equal(401, await scene.GitHub.Webhooks.SendAsync(spoken));
        scene.GitHub.Webhooks.Target = scene.Delivery.To;
        Assert.InRange((await scene.GitHub.Webhooks.SendAsync(spoken))!.Value, 400, 499);
        var click = scene.Slack.ClickOf(Captain.Ada.Slack, asked.Question, SlackButton.Approve);
        var elsewhere = await scene.Slack.SendAsync("interactive", click, new() { To = new Uri(scene.Host.Address, "/webhooks/github") });
        Assert.InRange(elsewhere.Status, 400, 499);

        Assert.Equal(before, (await scene.Host.DetailsAsync(asked.RunId)).Timeline.Count);
        Assert.Empty(scene.Slack.Views);
        Assert.Contains(scene.Log.Lines, line => line.Contains("refused", StringComparison.OrdinalIgnoreCase) && line.Contains("signature", StringComparison.Ordinal));
        Assert.DoesNotContain(scene.Log.Lines, line => line.Contains(Encoding.UTF8.GetString(spoken.Body), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reason_WithScriptMentionsAndTags_DoesNothingInEitherPlace()
    {
        await using var scene = await EverywhereScene.StartAsync();
        var asked = await scene.AskAsync();

        var (status, text) = await scene.ByHttpAsync(asked, Captain.Ada, Evil);

        Assert.True(status == 200, text);
        await scene.ThenPromotedAsync(asked);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt; &lt;!channel&gt;", scene.Now(asked).Shown, StringComparison.Ordinal);
        Assert.DoesNotContain(scene.Slack.Messages, message => message.Shown.Contains("<!channel>", StringComparison.Ordinal));
        var written = string.Join('\n', scene.Told(asked.Issue).Append(scene.IssueOf(asked).Body));
        Assert.DoesNotContain("<script>", written, StringComparison.Ordinal);
        Assert.DoesNotContain("@ada ", written, StringComparison.Ordinal);
        Assert.DoesNotContain("](https://evil.example)", written, StringComparison.Ordinal);
        Assert.Single(scene.IssueOf(asked).Body.Split('\n'), line => line.Contains($"<!-- {EverywhereScene.Box} -->", StringComparison.Ordinal));
        Assert.DoesNotContain(scene.Told(asked.Issue), told => told.Contains($"<!-- {EverywhereScene.Box} -->", StringComparison.Ordinal));
    }
}
