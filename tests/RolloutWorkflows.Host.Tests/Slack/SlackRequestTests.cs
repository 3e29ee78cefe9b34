using System.Text;
using System.Text.Json;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Counterparts;

namespace RolloutWorkflows.Host.Tests.Slack;

/// <summary>What is refused of what claims to come from Slack: with a clear answer and a log line, and nothing changed.</summary>
public sealed class SlackRequestTests
{
    private const string Interaction = "interactive";

    [Fact]
    public async Task Request_NotSignedBySlackJustNow_IsRefusedAndNothingChanges()
    {
        await using var scene = await SlackScene.StartAsync();
        var (runId, question) = await scene.AskAsync();
        var view = await scene.OpenAsync(SlackScene.Grace, await scene.PostAsync(runId, question.ApprovalId), SlackButton.Approve);
        var before = (await scene.Host.DetailsAsync(runId)).Timeline.Count;
        var now = TimeProvider.System.GetUtcNow();
        var to = scene.ToInteractions;

        await RefusedAsync(scene, to with { SigningSecret = "another" }, view, 401, "slack-signature", "does not match");
        await RefusedAsync(scene, to with { Signature = "" }, view, 401, "slack-signature", "0 headers X-Slack-Signature");
        await RefusedAsync(scene, to with { Signature = "v0=00" }, view, 401, "slack-signature", "does not match");
        await RefusedAsync(scene, to with { Tamper = body => body.Replace("U0GRACE", "U0LINUS", StringComparison.Ordinal) }, view, 401, "slack-signature", "does not match");
        await RefusedAsync(scene, to with { Timestamp = now - TimeSpan.FromMinutes(6) }, view, 401, "slack-signature", "clock");
        await RefusedAsync(scene, to with { Timestamp = now + TimeSpan.FromMinutes(6) }, view, 401, "slack-signature", "clock");
        await RefusedAsync(scene, to with { Team = "T0OTHER" }, view, 403, "slack-elsewhere", "T0OTHER");

        var after = await scene.Host.DetailsAsync(runId);
        Assert.Equal(before, after.Timeline.Count);
        Assert.Empty(Assert.Single(after.Run.OpenApprovals).Votes);
    }

    [Fact]
    public async Task Request_OfAnotherApp_IsRefused()
    {
        await using var scene = await SlackScene.StartAsync();
        var (runId, question) = await scene.AskAsync();
        var click = scene.Slack.ClickOf(SlackScene.Grace, await scene.PostAsync(runId, question.ApprovalId), SlackButton.Approve);
        click["api_app_id"] = "A0OTHER";

        var answer = await scene.Slack.SendAsync(Interaction, click, scene.ToInteractions);

        Assert.Equal((403, "slack-elsewhere"), (answer.Status, Problem(answer).Code));
    }

    [Fact]
    public async Task Slash_NotSignedOrOfAnotherWorkspace_IsRefused()
    {
        await using var scene = await SlackScene.StartAsync();
        var (runId, _) = await scene.AskAsync();
        var before = (await scene.Host.DetailsAsync(runId)).Timeline.Count;

        Assert.Equal(401, (await scene.Slack.SlashAsync(SlackScene.Grace, $"approve {runId} fine", scene.ToCommands with { SigningSecret = "another" })).Status);
        Assert.Equal(403, (await scene.Slack.SlashAsync(SlackScene.Grace, $"approve {runId} fine", scene.ToCommands with { Team = "T0OTHER" })).Status);

        Assert.Equal(before, (await scene.Host.DetailsAsync(runId)).Timeline.Count);
        Assert.Equal(2, scene.Log.Lines.Count(line => line.Contains("refused", StringComparison.Ordinal) && line.Contains("slack-", StringComparison.Ordinal)));
    }

    /// <summary>Bodies that Slack would never send, signed all the same.</summary>
    public static TheoryData<string> OddBodies => new(
        "",
        "a=b",
        "payload=",
        "payload=not+json",
        "payload=null",
        "payload=%5B%5D",
        "payload=%7B%7D",
        "payload=%7B%22type%22%3A1%7D",
        "payload=%7B%7D&payload=%7B%7D",
        Payload("""{ "type": "block_actions" }"""),
        Payload("""{ "type": "block_actions", "user": "U0GRACE", "team": { "id": "T0ROLLOUT" } }"""),
        Payload("""{ "type": "block_actions", "user": { "id": 7 } }"""),
        Payload("""{ "type": "block_actions", "user": { "id": "../U0GRACE" }, "actions": [] }"""),
        Payload("""{ "type": "block_actions", "user": { "id": "\ud800" } }"""),
        Payload("""{ "type": "block_actions", "user": { "id": "U0GRACE" }, "team": { "id": "T0ROLLOUT" }, "actions": [] }"""),
        Payload("""{ "type": "block_actions", "user": { "id": "U0GRACE" }, "team": { "id": "T0ROLLOUT" }, "actions": [ 1 ] }"""),
        Payload("""{ "type": "block_actions", "user": { "id": "U0GRACE" }, "team": { "id": "T0ROLLOUT" }, "actions": { "action_id": "rollout.approve" } }"""),
        Payload("""{ "type": "block_actions", "user": { "id": "U0GRACE" }, "team": { "id": "T0ROLLOUT" }, "actions": [ { "action_id": "rollout.approve", "value": "no json" } ] }"""),
        Payload("""{ "type": "block_actions", "user": { "id": "U0GRACE" }, "team": { "id": "T0ROLLOUT" }, "actions": [ { "action_id": "rollout.approve", "value": "{\"runId\":\"x\"}" } ] }"""),
        Payload("""{ "type": "view_submission", "user": { "id": "U0GRACE" }, "team": { "id": "T0ROLLOUT" } }"""),
        Payload("""{ "type": "view_submission", "user": { "id": "U0GRACE" }, "team": { "id": "T0ROLLOUT" }, "view": { "callback_id": "rollout.answer", "id": "V1" } }"""),
        Payload("""{ "type": "view_submission", "user": { "id": "U0GRACE" }, "team": { "id": "T0ROLLOUT" }, "view": { "callback_id": "rollout.answer", "id": "V1", "private_metadata": "{\"runId\":\"x\",\"verb\":\"explode\",\"place\":{}}" } }"""),
        Payload("""{ "type": "view_submission", "user": { "id": "U0GRACE" }, "team": { "id": "T0ROLLOUT" }, "view": { "callback_id": "rollout.answer", "private_metadata": "{\"runId\":\"x\",\"verb\":\"abort\",\"place\":{}}", "id": "V1" } }"""),
        Payload("""{ "type": "view_submission", "user": { "id": "U0GRACE" }, "team": { "id": "T0ROLLOUT" }, "view": { "callback_id": "rollout.answer", "private_metadata": "{\"runId\":\"x\",\"verb\":\"hold\",\"place\":{}}", "id": "V1", "state": [] } }"""),
        "payload=" + new string('[', 5000),
        "payload=" + Uri.EscapeDataString(string.Concat(Enumerable.Repeat("{\"a\":", 200)) + "1" + new string('}', 200)),
        string.Join('&', Enumerable.Range(0, 200).Select(number => $"f{number}=1")),
        "payload=%FF%FE%00");

    [Theory]
    [MemberData(nameof(OddBodies))]
    public async Task Interaction_ThatMakesNoSense_IsAClearAnswerAndALogLine(string body)
    {
        await using var scene = await SlackScene.StartAsync();
        var (runId, _) = await scene.AskAsync();
        var before = (await scene.Host.DetailsAsync(runId)).Timeline.Count;

        var answer = await scene.Slack.SendSignedAsync(body, scene.ToInteractions);

        Assert.Equal((400, "bad-request"), (answer.Status, Problem(answer).Code));
        Assert.Contains("cannot be read", Problem(answer).Detail, StringComparison.Ordinal);
        Assert.Contains(scene.Log.Lines, line => line.Contains("is refused (bad-request)", StringComparison.Ordinal));
        Assert.Equal(before, (await scene.Host.DetailsAsync(runId)).Timeline.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("team_id=T0ROLLOUT")]
    [InlineData("team_id=T0ROLLOUT&user_id=U0GRACE&text=runs")]
    [InlineData("team_id=T0ROLLOUT&user_id=U0GRACE%2FX&text=runs&trigger_id=1")]
    [InlineData("team_id=T0ROLLOUT&user_id=U0GRACE&user_id=U0LINUS&text=runs&trigger_id=1")]
    public async Task Slash_ThatMakesNoSense_IsAClearAnswerAndALogLine(string body)
    {
        await using var scene = await SlackScene.StartAsync();

        var answer = await scene.Slack.SendSignedAsync(body, scene.ToCommands);

        Assert.Equal((400, "bad-request"), (answer.Status, Problem(answer).Code));
        Assert.Contains(scene.Log.Lines, line => line.Contains("is refused (bad-request)", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{ "type": "view_closed" }""")]
    [InlineData("""{ "type": "message_action", "callback_id": "x" }""")]
    [InlineData("""{ "type": "block_actions", "user": { "id": "U0GRACE" }, "team": { "id": "T0ROLLOUT" }, "actions": [ { "action_id": "open-the-dashboard", "type": "button" } ] }""")]
    [InlineData("""{ "type": "view_submission", "user": { "id": "U0GRACE" }, "team": { "id": "T0ROLLOUT" }, "view": { "callback_id": "of-others", "id": "V1" } }""")]
    public async Task Interaction_OfAKindThatNobodyWaitsFor_IsTakenAndPassedOver(string payload)
    {
        await using var scene = await SlackScene.StartAsync();

        var answer = await scene.Slack.SendSignedAsync(Payload(payload), scene.ToInteractions);

        Assert.Equal((200, ""), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task Request_OfAnotherSizeOrKind_IsRefusedBeforeItIsRead()
    {
        await using var scene = await SlackScene.StartAsync();

        var large = await scene.Slack.SendSignedAsync("payload=" + new string('x', SlackRequests.MaximumBytes), scene.ToInteractions);
        Assert.Equal((413, "body-too-large"), (large.Status, Problem(large).Code));
        var json = await scene.Slack.SendSignedAsync("{}", scene.ToInteractions, "application/json");
        Assert.Equal((415, "not-a-form"), (json.Status, Problem(json).Code));
        var plain = await scene.Slack.SendSignedAsync("a=b", scene.ToCommands, "text/plain");
        Assert.Equal((415, "not-a-form"), (plain.Status, Problem(plain).Code));
    }

    [Fact]
    public async Task Form_OnAnyOtherRoute_IsRefusedAsEver()
    {
        await using var scene = await SlackScene.StartAsync();
        using var form = new StringContent("a=b", Encoding.UTF8, "application/x-www-form-urlencoded");

        using var answer = await scene.Host.Http.PostAsync("/api/rollouts", form);

        Assert.Equal("not-json", (await RunningHost.ProblemAsync(answer)).Code);
    }

    [Theory]
    [InlineData("Host", "attacker.example")]
    [InlineData("Origin", "https://attacker.example")]
    public async Task Request_ThatMeansAnotherServerOrComesFromAPage_IsRefusedThoughSigned(string header, string value)
    {
        await using var scene = await SlackScene.StartAsync();
        var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/slack/commands") { Content = new StringContent("ssl_check=1", Encoding.UTF8, "application/x-www-form-urlencoded") };
        request.Headers.TryAddWithoutValidation(header, value);
        request.Headers.TryAddWithoutValidation("X-Slack-Request-Timestamp", timestamp);
        request.Headers.TryAddWithoutValidation("X-Slack-Signature", FakeSlack.Sign(timestamp, "ssl_check=1", scene.Slack.SigningSecret));
        using var anybody = scene.Host.With(null);

        using var answer = await anybody.SendAsync(request);

        Assert.Equal("forbidden", (await RunningHost.ProblemAsync(answer)).Code);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer rwk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Request_SignedBySlack_NeedsNoKeyAndLooksAtNone(string? authorization)
    {
        await using var scene = await SlackScene.StartAsync();
        var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/slack/commands") { Content = new StringContent("ssl_check=1", Encoding.UTF8, "application/x-www-form-urlencoded") };
        if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        request.Headers.TryAddWithoutValidation("X-Slack-Request-Timestamp", timestamp);
        request.Headers.TryAddWithoutValidation("X-Slack-Signature", FakeSlack.Sign(timestamp, "ssl_check=1", scene.Slack.SigningSecret));
        using var anybody = scene.Host.With(null);

        using var answer = await anybody.SendAsync(request);

        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Routes_WhereSlackIsNotConfigured_SayWhatToDo()
    {
        await using var host = await RunningHost.StartAsync(SamplePlaybooks.Prepare);
        host.As("ada");
        await using var slack = await FakeSlack.StartAsync();

        foreach (var path in (string[])["/webhooks/slack/interactions", "/webhooks/slack/commands"])
        {
            var answer = await slack.SendSignedAsync("a=b", new FakeSlackDelivery { To = new Uri(host.Address, path) });
            Assert.Equal((404, "slack-not-configured"), (answer.Status, Problem(answer).Code));
        }
    }

    [Fact]
    public async Task Refusal_WhateverItIs_LogsNeitherBodyNorSecret()
    {
        await using var scene = await SlackScene.StartAsync();
        var (runId, _) = await scene.AskAsync();

        await scene.Slack.SlashAsync(SlackScene.Grace, $"reject {runId} very-private-reason", scene.ToCommands with { SigningSecret = "another-secret" });
        await scene.Slack.SlashAsync(SlackScene.Grace, $"reject {runId} very-private-reason", scene.ToCommands);
        await scene.Slack.SendSignedAsync("payload=very-private-reason", scene.ToInteractions);

        Assert.NotEmpty(scene.Log.Lines);
        foreach (var never in (string[])["very-private-reason", scene.Slack.SigningSecret, "another-secret", scene.Slack.BotToken])
            Assert.DoesNotContain(scene.Log.Lines, line => line.Contains(never, StringComparison.Ordinal));
    }

    private static async Task RefusedAsync(SlackScene scene, FakeSlackDelivery delivery, FakeSlackView view, int status, string code, string detail)
    {
        var logged = scene.Log.Lines.Count(line => line.Contains($"({code})", StringComparison.Ordinal));

        var answer = await scene.SubmitAsync(view, "hostile", delivery);

        Assert.Equal((status, code), (answer.Status, Problem(answer).Code));
        Assert.Contains(detail, Problem(answer).Detail, StringComparison.Ordinal);
        Assert.Equal(logged + 1, scene.Log.Lines.Count(line => line.Contains($"({code})", StringComparison.Ordinal)));
    }

    private static string Payload(string json) => $"payload={Uri.EscapeDataString(json)}";

    private static ApiProblem Problem(FakeSlackAnswer answer) => JsonSerializer.Deserialize<ApiProblem>(answer.Body, ApiJson.Options)!;
}
