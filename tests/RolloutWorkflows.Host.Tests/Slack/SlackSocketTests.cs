using System.Text.Json.Nodes;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Counterparts;
using RolloutWorkflows.DurableTask.Testing;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host.Tests.Slack;

/// <summary>Socket Mode: the same as over HTTP, through a connection that the server opens itself.</summary>
public sealed class SlackSocketTests
{
    /// <summary>Through the socket.</summary>
    private static readonly FakeSlackDelivery BySocket = new();

    [Fact]
    public async Task Approve_BySocket_CountsLikeOverHttp()
    {
        await using var scene = await SlackScene.StartAsync(socket: true);
        await scene.Slack.WaitForConnectionsAsync(1);
        var (runId, question) = await scene.AskAsync();
        var view = await scene.OpenAsync(SlackScene.Grace, await scene.PostAsync(runId, question.ApprovalId), SlackButton.Approve, BySocket);

        Assert.Equal("errors", (string?)(await scene.SubmitAsync(view, new string('x', WrittenText.MaximumReason + 1), BySocket)).Json!["response_action"]);
        Assert.Equal("", (await scene.SubmitAsync(view, "behind a firewall", BySocket)).Body);

        var done = await scene.Host.WaitForAsync(runId, details => details.Run.State == RunState.Succeeded, "success");
        Assert.Equal("behind a firewall", Assert.Single(done.Timeline, entry => entry.Kind == RunLogKind.CommandAccepted).Reason);
        Assert.Contains("*Accepted:*", Assert.Single(await scene.ToldAsync(SlackScene.Grace)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slash_BySocket_IsAnsweredInTheAcknowledgement()
    {
        await using var scene = await SlackScene.StartAsync(socket: true);
        await scene.Slack.WaitForConnectionsAsync(1);
        var (runId, _) = await scene.AskAsync();

        var answer = await scene.Slack.SlashAsync(SlackScene.Grace, "status", BySocket);

        Assert.Contains(runId, (string?)answer.Json!["text"], StringComparison.Ordinal);
        Assert.Equal("ephemeral", (string?)answer.Json["response_type"]);
    }

    [Fact]
    public async Task Envelope_ThatMakesNoSense_IsAcknowledgedAndPassedOver()
    {
        await using var scene = await SlackScene.StartAsync(socket: true);
        await scene.Slack.WaitForConnectionsAsync(1);
        var (runId, _) = await scene.AskAsync();
        var before = (await scene.Host.DetailsAsync(runId)).Timeline.Count;

        Assert.Equal("", (await scene.Slack.SendAsync("interactive", new JsonObject { ["type"] = 7 }, BySocket)).Body);
        Assert.Equal("", (await scene.Slack.SendAsync("interactive", [], BySocket)).Body);
        Assert.Equal("", (await scene.Slack.SendAsync("slash_commands", new JsonObject { ["text"] = new JsonArray() }, BySocket)).Body);
        Assert.Equal("", (await scene.Slack.SendAsync("events_api", new JsonObject { ["event"] = new JsonObject { ["type"] = "app_mention" } }, BySocket)).Body);
        Assert.Equal("", (await scene.Slack.SlashAsync(SlackScene.Grace, $"approve {runId} x", BySocket with { Team = "T0OTHER" })).Body);

        Assert.Equal(before, (await scene.Host.DetailsAsync(runId)).Timeline.Count);
        Assert.Contains(scene.Log.Lines, line => line.Contains("(slack-elsewhere)", StringComparison.Ordinal));
        Assert.Contains("Rollouts from here", (string?)(await scene.Slack.SlashAsync(SlackScene.Grace, "help", BySocket)).Json!["text"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("warning")]
    [InlineData("refresh_requested")]
    public async Task Connection_ThatSlackAnnouncesToClose_IsReplacedBeforeItCloses(string reason)
    {
        var time = new VirtualTimeProvider();
        await using var scene = await SlackScene.StartAsync(socket: true, time: time);
        await scene.Slack.WaitForConnectionsAsync(1);

        await scene.Slack.AnnounceDisconnectAsync(reason);
        await scene.Slack.WaitForConnectionsAsync(2);
        Assert.Equal(200, (await scene.Slack.SlashAsync(SlackScene.Grace, "help", BySocket)).Status);
        await AdvanceUntilAsync(time, () => scene.Slack.Connections == 1);

        Assert.Equal(200, (await scene.Slack.SlashAsync(SlackScene.Grace, "help", BySocket)).Status);
    }

    [Fact]
    public async Task Connection_ThatBreaks_IsMadeAnew()
    {
        await using var scene = await SlackScene.StartAsync(socket: true);
        await scene.Slack.WaitForConnectionsAsync(1);

        scene.Slack.CutConnections();
        await scene.Slack.WaitForAsync(slack => slack is { ConnectionsMade: 2, Connections: 1 } ? slack : null);

        Assert.Equal(200, (await scene.Slack.SlashAsync(SlackScene.Grace, "help", BySocket)).Status);
    }

    [Fact]
    public async Task Slack_DownForHours_IsConnectedToAgainAfterwardsAtMostAMinuteLater()
    {
        var time = new VirtualTimeProvider();
        await using var scene = await SlackScene.StartAsync(socket: true, time: time);
        await scene.Slack.WaitForConnectionsAsync(1);
        scene.Slack.Down = true;
        scene.Slack.CutConnections();
        await scene.Slack.WaitForConnectionsAsync(0);
        var end = time.GetUtcNow() + TimeSpan.FromHours(3);
        await AdvanceUntilAsync(time, () => time.GetUtcNow() >= end, TimeSpan.FromMinutes(10));
        Assert.Equal(0, scene.Slack.Connections);

        scene.Slack.Down = false;
        await AdvanceUntilAsync(time, () => scene.Slack.Connections == 1);

        Assert.Equal(200, (await scene.Slack.SlashAsync(SlackScene.Grace, "help", BySocket)).Status);
    }

    [Fact]
    public async Task SocketMode_SwitchedOffInTheApp_IsSaidInTheLog()
    {
        var time = new VirtualTimeProvider();
        await using var scene = await SlackScene.StartAsync(socket: true, time: time);
        await scene.Slack.WaitForConnectionsAsync(1);

        await scene.Slack.AnnounceDisconnectAsync("link_disabled");
        await scene.Slack.WaitForConnectionsAsync(0);

        await AdvanceUntilAsync(time, () => scene.Slack is { ConnectionsMade: 2, Connections: 1 });
        Assert.Contains(scene.Log.Lines, line => line.Contains("switched off in the app's settings", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Message_LargerThanAnythingOfSlack_EndsTheConnectionAndAnotherIsMade()
    {
        await using var scene = await SlackScene.StartAsync(socket: true);
        await scene.Slack.WaitForConnectionsAsync(1);

        _ = scene.Slack.SlashAsync(SlackScene.Grace, new string('x', SlackSocketFrames.MaximumBytes), BySocket);
        await scene.Slack.WaitForAsync(slack => slack is { ConnectionsMade: 2, Connections: 1 } ? slack : null);

        Assert.Equal(200, (await scene.Slack.SlashAsync(SlackScene.Grace, "help", BySocket)).Status);
        Assert.Contains(scene.Log.Lines, line => line.Contains("larger than 256 KiB", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Server_ThatStops_ClosesItsConnection()
    {
        await using var scene = await SlackScene.StartAsync(socket: true);
        await scene.Slack.WaitForConnectionsAsync(1);

        await scene.Host.StopAsync();

        await scene.Slack.WaitForConnectionsAsync(0);
    }

    [Fact]
    public async Task AppToken_ThatSlackDoesNotKnow_IsSaidWithoutTheToken()
    {
        var slack = await FakeSlack.StartAsync();
        slack.Refuse("invalid_auth", "apps.connections.open");

        await using var scene = await SlackScene.StartAsync(socket: true, slack: slack);
        await scene.Slack.WaitForConnectionsAsync(1);

        Assert.DoesNotContain(scene.Log.Lines, line => line.Contains(slack.AppToken, StringComparison.Ordinal));
        Assert.Equal(2, slack.Requests.Count(request => request.Method == "apps.connections.open"));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(7, 32)]
    [InlineData(8, 60)]
    [InlineData(int.MaxValue, 60)]
    public void WaitAfter_MoreFailures_IsLongerUpToAMinute(int failures, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), SlackSocket.WaitAfter(failures));

    /// <summary>Moves the clock on in steps until something is so; what happens in between happens for real.</summary>
    private static async Task AdvanceUntilAsync(VirtualTimeProvider time, Func<bool> condition, TimeSpan? step = null)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!condition())
        {
            Assert.False(deadline.IsCancellationRequested, "not so within 30 s of real time");
            time.Advance(step ?? TimeSpan.FromSeconds(1));
            await pace.WaitForNextTickAsync();
        }
    }
}
