using System.Text.Json.Nodes;

namespace RolloutWorkflows.Activities.Tests;

public sealed class SlackClientTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PostMessage_WithBlocksAndMetadata_StandsInTheThreadAsSent()
    {
        await using var rig = await SlackRig.StartAsync();
        var first = await rig.PostAsync("the run");
        rig.Time.Advance(TimeSpan.FromSeconds(1));

        var reply = await rig.Client.PostMessageAsync(new SlackMessage
        {
            Channel = SlackRig.Channel,
            Text = "a reply",
            Thread = first.Ts,
            Broadcast = true,
            Blocks = SlackBlocks.Message(SlackBlocks.Section("*promoted*")),
            Metadata = SlackMetadata.Of("run-1", "message-1"),
        }, Cancellation);

        var standing = rig.Slack.Thread(first.Ts)[1];
        Assert.Equal((reply.Ts, "a reply", "*promoted*", true), (standing.Ts, standing.Text, standing.Shown, standing.Broadcast));
        Assert.Equal("message-1", (string?)standing.Metadata!["event_payload"]!["message"]);
        var request = rig.Slack.Requests[^1];
        Assert.Equal("application/json; charset=utf-8", request.ContentType);
        Assert.Equal($"Bearer {rig.Slack.BotToken}", request.Authorization);
        Assert.Equal((string?)"none", (string?)request.Arguments["parse"]);
        Assert.False((bool)request.Arguments["link_names"]!);
    }

    [Fact]
    public async Task Update_OfAMessage_RewritesIt()
    {
        await using var rig = await SlackRig.StartAsync();
        var posted = await rig.PostAsync("before");

        await rig.Client.UpdateAsync(new SlackUpdate { Channel = posted.Channel, Ts = posted.Ts, Text = "after" }, Cancellation);

        var standing = Assert.Single(rig.Slack.Messages);
        Assert.Equal(("after", 1), (standing.Text, standing.Edits));
    }

    [Fact]
    public async Task Replies_OfAThread_ComeWithTheirMetadataPageByPage()
    {
        await using var rig = await SlackRig.StartAsync();
        var thread = (await rig.PostAsync("the run")).Ts;
        for (var number = 1; number <= 3; number++)
        {
            rig.Time.Advance(TimeSpan.FromSeconds(1));
            await rig.Client.PostMessageAsync(new SlackMessage { Channel = SlackRig.Channel, Text = $"{number}", Thread = thread, Metadata = SlackMetadata.Of("run-1", $"m{number}") }, Cancellation);
        }

        var range = new SlackRange { Channel = SlackRig.Channel, Thread = thread, Limit = 3 };
        var first = await rig.Client.RepliesAsync(range, Cancellation);
        var second = await rig.Client.RepliesAsync(range with { Cursor = first.Next }, Cancellation);

        Assert.Equal([null, "m1", "m2"], first.Messages.Select(message => message.Metadata?.MessageId));
        Assert.Equal(["m3"], second.Messages.Select(message => message.Metadata?.MessageId));
        Assert.Null(second.Next);
        Assert.Equal("application/x-www-form-urlencoded", rig.Slack.Requests[^1].ContentType);
    }

    [Theory]
    [InlineData("channel_not_found", SlackProblem.Refused, "Slack refused chat.postMessage: channel_not_found: there is no such channel, or it is private and the app is not in it; check the id in the playbook, and invite the app there")]
    [InlineData("something_new", SlackProblem.Refused, "Slack refused chat.postMessage: something_new")]
    [InlineData("internal_error", SlackProblem.Unavailable, "Slack could not carry out chat.postMessage: internal_error")]
    [InlineData("token_revoked", SlackProblem.Unauthorized, "Slack refused chat.postMessage: token_revoked, the token was revoked; install the app again and copy the new one into the secret")]
    [InlineData("<script>alert('it')</script>", SlackProblem.Refused, "Slack refused chat.postMessage: an error that it did not name")]
    public async Task Call_OkFalseWithStatus200_IsAFailureOfItsKind(string error, SlackProblem problem, string message)
    {
        await using var rig = await SlackRig.StartAsync();
        rig.Slack.Refuse(error);

        var failure = await Assert.ThrowsAsync<SlackException>(() => rig.PostAsync("hello"));

        Assert.Equal((problem, message), (failure.Problem, failure.Message));
    }

    [Fact]
    public async Task Call_WithoutTheScope_SaysWhichOne()
    {
        await using var rig = await SlackRig.StartAsync();
        rig.Slack.Scopes = ["commands"];

        var failure = await Assert.ThrowsAsync<SlackException>(() => rig.PostAsync("hello"));

        Assert.Equal((SlackProblem.Unauthorized, "Slack refused chat.postMessage: the app lacks the scope chat:write; add it and install the app again"), (failure.Problem, failure.Message));
    }

    [Fact]
    public async Task Call_AnsweredTooMany_IsNotRepeatedBeforeTheTimeThatSlackNamed()
    {
        await using var rig = await SlackRig.StartAsync();
        rig.Slack.RateLimit("chat.postMessage", seconds: 30);

        var first = await Assert.ThrowsAsync<SlackException>(() => rig.PostAsync("hello"));
        rig.Time.Advance(TimeSpan.FromSeconds(20));
        var second = await Assert.ThrowsAsync<SlackException>(() => rig.PostAsync("hello"));
        await rig.Client.AuthTestAsync(Cancellation);
        rig.Time.Advance(TimeSpan.FromSeconds(10));
        await rig.PostAsync("hello");

        Assert.Equal((SlackProblem.RateLimited, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(10)), (first.Problem, first.After, second.After));
        Assert.Equal(["chat.postMessage", "auth.test", "chat.postMessage"], rig.Slack.Requests.Select(request => request.Method));
        Assert.Single(rig.Slack.Messages);
    }

    [Fact]
    public async Task PostMessage_SeveralToOneChannel_GoOneASecond()
    {
        await using var rig = await SlackRig.StartAsync();
        rig.Slack.AddChannel("C0OTHER");

        await rig.PostAsync("1");
        var second = rig.PostAsync("2");
        var third = rig.PostAsync("3");
        await rig.PostAsync("elsewhere", channel: "C0OTHER");
        Assert.False(second.IsCompleted);
        rig.Time.Advance(TimeSpan.FromSeconds(1));
        await second;
        Assert.False(third.IsCompleted);
        rig.Time.Advance(TimeSpan.FromSeconds(1));
        await third;

        var times = rig.Slack.Requests.Where(request => (string?)request.Arguments["channel"] == SlackRig.Channel).Select(request => (request.At - new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero)).TotalSeconds);
        Assert.Equal([0, 1, 2], times);
    }

    [Fact]
    public async Task PostMessage_BehindALongQueue_ComesAgainInsteadOfWaiting()
    {
        await using var rig = await SlackRig.StartAsync();
        var waiting = Enumerable.Range(0, 16).Select(number => rig.PostAsync($"{number}")).ToList();

        var failure = await Assert.ThrowsAsync<SlackException>(() => rig.PostAsync("one more"));

        Assert.Equal((SlackProblem.RateLimited, TimeSpan.FromSeconds(16)), (failure.Problem, failure.After));
        for (var second = 0; second < 16; second++)
        {
            rig.Time.Advance(TimeSpan.FromSeconds(1));
            await waiting[second];
        }
    }

    [Fact]
    public async Task Call_NobodyAnswers_IsUnavailableAndMayBeDone()
    {
        await using var rig = await SlackRig.StartAsync();
        rig.Slack.LoseAnswer("chat.postMessage");

        var failure = await Assert.ThrowsAsync<SlackException>(() => rig.PostAsync("hello"));

        Assert.Equal((SlackProblem.Unavailable, true), (failure.Problem, failure.MayBeDone));
        Assert.Single(rig.Slack.Messages);
    }

    [Fact]
    public async Task Call_NobodyListens_WasSurelyNotDone()
    {
        var nobody = await LoopbackServer.NobodyAsync();
        await using var rig = await SlackRig.StartAsync(options => options with { Api = new Uri(nobody, "/api/") });

        var failure = await Assert.ThrowsAsync<SlackException>(() => rig.PostAsync("hello"));

        Assert.Equal((SlackProblem.Unavailable, false, "Slack gave no answer to chat.postMessage: the connection was refused"), (failure.Problem, failure.MayBeDone, failure.Message));
    }

    [Fact]
    public async Task Call_AnsweredWithAPageOfErrors_IsUnavailable()
    {
        await using var rig = await SlackRig.StartAsync();
        rig.Slack.Fail(status: 502);

        var failure = await Assert.ThrowsAsync<SlackException>(() => rig.PostAsync("hello"));

        Assert.Equal((SlackProblem.Unavailable, "Slack answered 502 to chat.postMessage"), (failure.Problem, failure.Message));
    }

    [Fact]
    public async Task Call_AnyFailure_NeverShowsTheToken()
    {
        const string token = "xoxb-9999-not-to-be-seen";
        await using var rig = await SlackRig.StartAsync(botToken: token);
        rig.Slack.Refuse($"it said {token}", "chat.update");

        var invalid = await Assert.ThrowsAsync<SlackException>(() => rig.PostAsync("hello"));
        var echoed = await Assert.ThrowsAsync<SlackException>(() => rig.Client.UpdateAsync(new SlackUpdate { Channel = "C", Ts = "1", Text = "t" }, Cancellation));

        Assert.Equal("invalid_auth", invalid.Error);
        Assert.DoesNotContain("9999", invalid.ToString() + echoed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_WithoutABotToken_SaysWhereToNameOne()
    {
        await using var rig = await SlackRig.StartAsync(_ => new SlackOptions());

        var failure = await Assert.ThrowsAsync<SlackException>(() => rig.PostAsync("hello"));

        Assert.False(rig.Client.IsConnected);
        Assert.Equal("this host is not connected to Slack: extensions.rollout.slack.botToken in host.json names no secret", failure.Message);
    }

    [Fact]
    public async Task AuthTest_OfABot_SaysWhoItIsAndWhatItMay()
    {
        await using var rig = await SlackRig.StartAsync();

        var identity = await rig.Client.AuthTestAsync(Cancellation);

        Assert.Equal((rig.Slack.Team, rig.Slack.BotUser, rig.Slack.BotId), (identity.TeamId, identity.UserId, identity.BotId));
        Assert.Equal(rig.Slack.Scopes, identity.Scopes);
    }

    [Fact]
    public async Task OpenView_AfterAClick_ShowsTheDialogToWhoClicked()
    {
        await using var rig = await SlackRig.StartAsync();
        var click = rig.Slack.SlashOf("U0BOB", "approve");
        var view = new JsonObject { ["type"] = "modal", ["title"] = SlackBlocks.PlainText("Approve", 24), ["blocks"] = SlackBlocks.Message(SlackBlocks.Section("Sure?")) };

        var id = await rig.Client.OpenViewAsync((string)click["trigger_id"]!, view, Cancellation);
        var again = await Assert.ThrowsAsync<SlackException>(() => rig.Client.OpenViewAsync((string)click["trigger_id"]!, view, Cancellation));

        Assert.Equal((id, "U0BOB"), (Assert.Single(rig.Slack.Views).Id, rig.Slack.Views[0].User));
        Assert.Equal("exchanged_trigger_id", again.Error);
    }

    [Fact]
    public async Task Respond_ToACommand_ReachesWhoWroteIt()
    {
        await using var rig = await SlackRig.StartAsync();
        var address = new Uri((string)rig.Slack.SlashOf("U0BOB", "status")["response_url"]!);

        await rig.Client.RespondAsync(address, new SlackResponse { Text = "it soaks" }, Cancellation);

        var response = Assert.Single(rig.Slack.Responses);
        Assert.Equal(("U0BOB", "it soaks", (string?)"ephemeral"), (response.User, response.Text, (string?)response.Body["response_type"]));
    }

    [Fact]
    public async Task Respond_LongAfterTheClick_IsRefused()
    {
        await using var rig = await SlackRig.StartAsync();
        var address = new Uri((string)rig.Slack.SlashOf("U0BOB", "status")["response_url"]!);
        rig.Time.Advance(TimeSpan.FromMinutes(31));

        var failure = await Assert.ThrowsAsync<SlackException>(() => rig.Client.RespondAsync(address, new SlackResponse { Text = "it soaks" }, Cancellation));

        Assert.Equal(SlackProblem.Refused, failure.Problem);
    }

    [Fact]
    public async Task Respond_ToAnotherHost_CallsNobody()
    {
        var called = false;
        await using var other = await LoopbackServer.StartAsync(_ =>
        {
            called = true;
            return Task.CompletedTask;
        });
        await using var rig = await SlackRig.StartAsync();

        var failure = await Assert.ThrowsAsync<SlackException>(() => rig.Client.RespondAsync(new Uri(other.Address, "/hooks/T/1"), new SlackResponse { Text = "it soaks" }, Cancellation));

        Assert.Equal((SlackProblem.Refused, false), (failure.Problem, called));
    }

    [Theory]
    [InlineData("https://hooks.slack.com/actions/T1/2/3", true)]
    [InlineData("https://hooks.slack.com:8443/actions/T1/2/3", false)]
    [InlineData("http://hooks.slack.com/actions/T1/2/3", false)]
    [InlineData("https://hooks.slack.com.evil.example/actions", false)]
    [InlineData("https://evil.example/hooks.slack.com", false)]
    [InlineData("https://hooks.slack.com@evil.example/", false)]
    [InlineData("https://user@hooks.slack.com/actions", false)]
    [InlineData("http://127.0.0.1/actions", false)]
    public void ResponseAddress_OnlySlacksOwn_MayBeCalled(string address, bool expected) =>
        Assert.Equal(expected, SlackAddresses.IsResponse(new Uri(address), SlackOptions.DefaultApi));

    [Theory]
    [InlineData("wss://wss-primary.slack.com/link/?ticket=1", true)]
    [InlineData("ws://wss-primary.slack.com/link/?ticket=1", false)]
    [InlineData("wss://slack.com.evil.example/link", false)]
    [InlineData("wss://evilslack.com/link", false)]
    [InlineData("ws://127.0.0.1/link", false)]
    public void ConnectionAddress_OnlySlacksOwn_MayBeOpened(string address, bool expected) =>
        Assert.Equal(expected, SlackAddresses.IsConnection(new Uri(address), SlackOptions.DefaultApi));

    [Fact]
    public async Task OpenConnection_WithTheAppToken_NamesASocketOfSlack()
    {
        await using var rig = await SlackRig.StartAsync();

        var address = await rig.Client.OpenConnectionAsync(Cancellation);

        Assert.Equal(("ws", rig.Slack.Address.Authority), (address.Scheme, address.Authority));
        Assert.Equal($"Bearer {rig.Slack.AppToken}", rig.Slack.Requests[^1].Authorization);
    }
}
