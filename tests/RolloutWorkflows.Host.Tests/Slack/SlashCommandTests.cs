using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host.Tests.Slack;

/// <summary>What <c>/rollout</c> does, from the words to the run's record.</summary>
public sealed class SlashCommandTests : IAsyncLifetime
{
    private SlackScene scene = null!;

    public async ValueTask InitializeAsync() => scene = await SlackScene.StartAsync(needed: 2);

    public async ValueTask DisposeAsync() => await scene.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("help")]
    [InlineData("  HELP  me")]
    public async Task Help_ForWhoeverAsks_TeachesTheCommands(string text)
    {
        var shown = await SayAsync(SlackScene.Stranger, text);

        foreach (var word in (string[])["runs", "status", "approve", "reject", "hold", "rollback", "handover", "Example"]) Assert.Contains(word, shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("aprove now", "Did you mean `/rollout approve`?")]
    [InlineData("frobnicate", "`/rollout help`")]
    [InlineData("<!channel>", "&lt;!channel&gt;")]
    public async Task Word_ThatIsNoCommand_IsSaidToBeNoneWithWhatWasPerhapsMeant(string text, string expected) =>
        Assert.Contains(expected, await SayAsync(SlackScene.Grace, text), StringComparison.Ordinal);

    [Fact]
    public async Task Approve_WithTheRunLeftOut_CountsWhereOneRunGoesOn()
    {
        var (runId, _) = await scene.AskAsync();

        var shown = await SayAsync(SlackScene.Grace, "approve figures &amp; graphs are fine");

        Assert.Contains("*Accepted:* approve by grace", shown, StringComparison.Ordinal);
        var vote = Assert.Single(Assert.Single((await scene.Host.DetailsAsync(runId)).Run.OpenApprovals).Votes);
        Assert.Equal(("grace", "slash", "figures & graphs are fine"), (vote.Person, vote.Via, vote.Reason));
    }

    [Fact]
    public async Task Approve_WithRunAndQuestion_KeepsOnlyTheReason()
    {
        var (runId, question) = await scene.AskAsync();

        await SayAsync(SlackScene.Grace, $"approve `{runId}` {question.Name} looks good");
        await SayAsync(SlackScene.Linus, $"approve {runId} {question.ApprovalId} me too");

        var done = await scene.Host.WaitForAsync(runId, details => details.Run.State == RunState.Succeeded, "success");
        Assert.Equal(["looks good", "me too"], done.Timeline.Where(entry => entry.Kind == RunLogKind.CommandAccepted).Select(entry => entry.Reason));
    }

    [Fact]
    public async Task Run_LeftOutWhereSeveralGoOn_IsTheOneWithItsThreadInTheChannel()
    {
        var (first, _) = await scene.AskAsync("first");
        var (second, _) = await scene.AskAsync("second");
        Assert.Contains("2 rollouts are going on, so name one", await SayAsync(SlackScene.Grace, "hold a reason"), StringComparison.Ordinal);
        await scene.Host.Services.GetRequiredService<IChannelMemories>().Of(second, "slack").SetAsync("thread", $"{SlackScene.Channel}/1503435956.000247");

        Assert.Contains("*Accepted:*", await SayAsync(SlackScene.Grace, "hold a reason"), StringComparison.Ordinal);

        await scene.Host.WaitForAsync(second, details => details.Run.State == RunState.Holding, "holding");
        Assert.Equal(RunState.AwaitingApproval, (await scene.Host.DetailsAsync(first)).Run.State);
    }

    [Fact]
    public async Task Status_ShowsWhereTheRunStandsAndWhatItWaitsFor()
    {
        var (runId, question) = await scene.AskAsync();

        var shown = await SayAsync(SlackScene.Linus, "status");

        foreach (var expected in (string[])[runId, "*AwaitingApproval* in some (1 of 2)", question.Name, "0 of 2; grace, linus", "It accepts approve, reject", "A &lt;b&gt;voted&lt;/b&gt; rollout"])
            Assert.Contains(expected, shown, StringComparison.Ordinal);
        Assert.Contains(runId, await SayAsync(SlackScene.Linus, "runs"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_ForAStranger_IsShownOnlyInTheChannelOfTheThread()
    {
        var (runId, _) = await scene.AskAsync();
        Assert.Contains($"{scene.Slack.Team}/{SlackScene.Stranger}", await SayAsync(SlackScene.Stranger, $"status {runId}"), StringComparison.Ordinal);
        Assert.DoesNotContain(runId, await SayAsync(SlackScene.Stranger, "runs"), StringComparison.Ordinal);

        await scene.Host.Services.GetRequiredService<IChannelMemories>().Of(runId, "slack").SetAsync("thread", $"{SlackScene.Channel}/1503435956.000247");

        Assert.Contains("*AwaitingApproval*", await SayAsync(SlackScene.Stranger, "status"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_OfAStranger_IsToldTheIdentityAndRecordedInTheRun()
    {
        var (runId, _) = await scene.AskAsync();

        var shown = await SayAsync(SlackScene.Stranger, $"approve {runId} let me in");

        Assert.Contains($"{scene.Slack.Team}/{SlackScene.Stranger}", shown, StringComparison.Ordinal);
        var refused = Assert.Single((await scene.Host.DetailsAsync(runId)).Timeline, entry => entry.Kind == RunLogKind.CommandRefused);
        Assert.Contains($"{scene.Slack.Team}/{SlackScene.Stranger}", refused.Actor, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("reject", "Say why")]
    [InlineData("rollback", "Say why")]
    [InlineData("promote", "needs a reason")]
    [InlineData("handover", "names the person")]
    public async Task Command_WithoutWhatItNeeds_SaysWhat(string text, string expected)
    {
        var (runId, _) = await scene.AskAsync();

        Assert.Contains(expected, await SayAsync(SlackScene.Grace, text), StringComparison.Ordinal);

        Assert.Equal(RunState.AwaitingApproval, (await scene.Host.DetailsAsync(runId)).Run.State);
    }

    [Fact]
    public async Task Reason_TooLong_IsNotSent()
    {
        var (runId, _) = await scene.AskAsync();
        var before = (await scene.Host.DetailsAsync(runId)).Timeline.Count;

        Assert.Contains("*Not sent:*", await SayAsync(SlackScene.Grace, $"approve {new string('x', WrittenText.MaximumReason + 1)}"), StringComparison.Ordinal);

        Assert.Equal(before, (await scene.Host.DetailsAsync(runId)).Timeline.Count);
    }

    [Fact]
    public async Task Rollback_WithAReason_RollsBack()
    {
        var (runId, _) = await scene.AskAsync();

        Assert.Contains("*Accepted:*", await SayAsync(SlackScene.Linus, "rollback errors rise"), StringComparison.Ordinal);

        await scene.Host.WaitForAsync(runId, details => details.Run.State == RunState.RolledBack, "rolled back");
    }

    [Fact]
    public async Task Slash_DeliveredAgain_CountsOnceAndGetsTheSameAnswer()
    {
        var (runId, _) = await scene.AskAsync();
        var slash = scene.Slack.SlashOf(SlackScene.Grace, "approve once");

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(retry => scene.Slack.SendAsync("slash_commands", slash, scene.ToCommands with { RetryNum = retry == 0 ? null : retry })));

        Assert.Single(answers.Select(answer => answer.Body).Distinct());
        Assert.Single((await scene.Host.DetailsAsync(runId)).Timeline, entry => entry.Kind == RunLogKind.CommandAccepted);
    }

    [Theory]
    [InlineData("status voted-20260101-zzzz", "No rollout has the id")]
    [InlineData("status", "No rollout is going on")]
    [InlineData("hold why", "No rollout is going on")]
    [InlineData("runs", "No rollout goes on")]
    public async Task Run_ThatIsNotThere_IsSaidNotToBe(string text, string expected) =>
        Assert.Contains(expected, await SayAsync(SlackScene.Grace, text), StringComparison.Ordinal);

    [Fact]
    public async Task SslCheck_OfSlack_IsAnsweredWithNothing()
    {
        var answer = await scene.Slack.SendSignedAsync("token=x&ssl_check=1", scene.ToCommands);

        Assert.Equal((200, ""), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task Rollback_OfOneSurface_LeavesTheOther()
    {
        scene.Host.Folder.Write("playbooks/market.yaml", $$"""
            apiVersion: rolloutworkflows/v1
            kind: Playbook
            metadata: { name: market }
            spec:
              people:
                persons: { ada: { name: Ada }, grace: { slack: {{scene.Slack.Team}}/{{SlackScene.Grace}} } }
                groups: { captains: [ada, grace] }
              surfaces: [web, mobile]
              rollback: { to: start, objective: 1m }
              stages:
                - { name: web-beta, surface: web, steps: [ { uses: flag/rollout, with: { flag: market-web, percent: 10 } } ] }
                - name: mobile-beta
                  surface: mobile
                  steps: [ { uses: flag/rollout, with: { flag: market-mobile, percent: 10 } } ]
                  approval: { approvers: [ { group: captains } ] }
            """);
        var runId = await scene.Host.StartRunAsync("market", "ada");
        await scene.Host.WaitForAsync(runId, details => details.Run.OpenApprovals.Count == 1, "mobile's approval");

        Assert.Contains("there is no surface", await SayAsync(SlackScene.Grace, $"rollback {runId} --surface mobil it crashes"), StringComparison.Ordinal);
        Assert.Contains("This holds a key of the server", await SayAsync(SlackScene.Grace, $"rollback {runId} --surface {scene.Host.As("ada").DefaultRequestHeaders.Authorization!.Parameter} it crashes"), StringComparison.Ordinal);
        await SayAsync(SlackScene.Grace, $"rollback {runId} --surface mobile it crashes");

        var back = await scene.Host.WaitForAsync(runId, details => details.Run.State == RunState.RolledBack, "mobile rolled back");
        Assert.Equal([SurfaceState.Standing, SurfaceState.RolledBack], back.Run.Surfaces.Select(surface => surface.State));
        Assert.Equal("it crashes", back.Timeline.Last(entry => entry.Kind == RunLogKind.CommandAccepted).Reason);
    }

    private async Task<string> SayAsync(string user, string text)
    {
        var answer = await scene.Slack.SlashAsync(user, text, scene.ToCommands);
        Assert.Equal(200, answer.Status);
        Assert.Equal("ephemeral", (string?)answer.Json!["response_type"]);
        Assert.InRange(answer.Json["blocks"]!.AsArray().Count, 1, SlackBlocks.MaximumBlocks);
        return (string)answer.Json["text"]!;
    }
}
