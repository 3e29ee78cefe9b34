using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host.Tests.PeopleInTheLoop;

/// <summary>One approval by each way, from what a person does to what everybody sees. The command line is tried with the real program, beside its other tests.</summary>
public sealed class ApprovalByEveryWayTests
{
    private const string Reason = "the figures <b>are</b> fine";

    [Fact]
    public async Task Approval_BySlacksButtonAndDialog_PromotesAndIsShownEverywhere()
    {
        await using var scene = await EverywhereScene.StartAsync();
        var asked = await scene.AskAsync();

        await scene.BySlackAsync(asked, Captain.Ada, Reason);

        await ThenAdaAsync(scene, asked, "slack", Reason);
        Assert.Contains("*Accepted:* approve by ada", Assert.Single(scene.ToldInSlack(Captain.Ada)), StringComparison.Ordinal);
        Assert.Contains("“the figures &lt;b&gt;are&lt;/b&gt; fine”", scene.Now(asked).Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Approval_ByAComment_PromotesAndIsShownEverywhere()
    {
        await using var scene = await EverywhereScene.StartAsync();
        var asked = await scene.AskAsync();

        var comment = await scene.ByCommentAsync(asked, Captain.Ada, Reason);

        await ThenAdaAsync(scene, asked, "comment", Reason);
        await scene.UntilAsync(() => scene.ReactionsTo(asked, comment).Count > 0, "a reaction");
        await scene.PassAsync(TimeSpan.FromMinutes(6));
        Assert.Equal(["+1"], scene.ReactionsTo(asked, comment));
        Assert.DoesNotContain(scene.Told(asked.Issue), text => text.Contains("did not count", StringComparison.Ordinal));
        Assert.Contains("“the figures &lt;b&gt;are&lt;/b&gt; fine”", scene.Now(asked).Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Approval_ByATick_PromotesAndIsShownEverywhere()
    {
        await using var scene = await EverywhereScene.StartAsync();
        var asked = await scene.AskAsync();

        await scene.ByTickAsync(asked, Captain.Ada);

        // Who ticked, when, and in which revision of the text.
        await ThenAdaAsync(scene, asked, "tick", "ticked some/go at 2026-03-02 ");
        Assert.Contains("revision ", Assert.Single(await scene.RecordAsync(asked, RunLogKind.CommandAccepted)).Reason, StringComparison.Ordinal);
        await scene.PassAsync(TimeSpan.FromMinutes(6));
        Assert.True(scene.IsTicked(asked));
        Assert.DoesNotContain(scene.Told(asked.Issue), text => text.Contains("did not count", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Approval_ByHttp_PromotesAndIsShownEverywhere()
    {
        await using var scene = await EverywhereScene.StartAsync();
        var asked = await scene.AskAsync();

        var (status, text) = await scene.ByHttpAsync(asked, Captain.Ada, Reason);

        Assert.Equal((200, true), (status, text.Contains("approve by ada", StringComparison.Ordinal)));
        await ThenAdaAsync(scene, asked, "http", Reason);
    }

    private static async Task ThenAdaAsync(EverywhereScene scene, AskedRun asked, string via, string reason)
    {
        var vote = Assert.Single(await scene.ThenPromotedAsync(asked));
        Assert.Equal(("ada", via, true), (vote.Person, vote.Via, vote.Approves));
        Assert.StartsWith(reason, vote.Reason, StringComparison.Ordinal);
        var accepted = Assert.Single(await scene.RecordAsync(asked, RunLogKind.CommandAccepted));
        Assert.Equal(("ada", vote.CommandId), (accepted.Actor, accepted.CommandId));
        Assert.Equal(via, accepted.Data?.GetProperty("via").GetString());
        Assert.Empty(await scene.RecordAsync(asked, RunLogKind.CommandRefused));
        Assert.Contains($"• ada: yes, by {via}, ", scene.Now(asked).Shown, StringComparison.Ordinal);
    }
}
