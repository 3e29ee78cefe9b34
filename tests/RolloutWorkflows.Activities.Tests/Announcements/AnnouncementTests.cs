using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.DurableTask.Testing;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities.Tests;

public sealed class AnnouncementTests : IAsyncLifetime
{
    private static readonly Channels Channels = new()
    {
        Audiences = new Dictionary<string, Audience>
        {
            ["team"] = new() { Webhook = "team-hook" },
            ["customers"] = new() { Slack = "C0NEWS" },
            ["ops"] = new() { Webhook = "never-configured" },
        },
    };

    private readonly List<(string Key, JsonElement Body)> _received = [];
    private readonly VirtualTimeProvider _time = new();
    private int _status = 200;
    private string? _retryAfter;
    private LoopbackServer _server = null!;
    private StepRig _rig = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await LoopbackServer.StartAsync(async context =>
        {
            _received.Add((context.Request.Headers["Idempotency-Key"].ToString(), (await JsonDocument.ParseAsync(context.Request.Body)).RootElement));
            context.Response.StatusCode = _status;
            if (_retryAfter is { } after) context.Response.Headers.RetryAfter = after;
        });
        _rig = new StepRig(services => services.AddSingleton<TimeProvider>(_time).AddSingleton(new AnnouncementOptions { Webhooks = new Dictionary<string, Uri> { ["team-hook"] = _server.Address } }));
    }

    public async ValueTask DisposeAsync()
    {
        _rig.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Announce_Webhook_IsOnItsWayAndTheRecordKeepsIt()
    {
        var result = await AnnounceAsync("team");

        Assert.Equal((StepVerdict.Passed, "On its way to team."), (result.Verdict, result.Message));
        Assert.Equal(["team"], result.Outputs["queued"].EnumerateArray().Select(audience => audience.GetString()));
        var message = Assert.Single(await MessagesAsync());
        Assert.Equal(("webhook:team-hook", "call/team", "One in ten.", OutboxState.Pending), (message.Lane, message.Message.MessageId, message.Message.Summary, message.State));
        var line = Assert.Single((await _rig.RunLog.ReadAsync("run")).Entries);
        Assert.Equal((RunLogKind.Announced, "To team: One in ten.", "one", "ada"), (line.Kind, line.Message, line.Stage, line.Actor));
    }

    [Fact]
    public async Task Webhook_TakesIt_GotTheTextWithItsKey()
    {
        await AnnounceAsync("team");
        await DeliverAsync();

        var (key, body) = Assert.Single(_received);
        Assert.Equal(("call/team", "call/team", "One in ten.", "team", "run"), (key, Text(body, "id"), Text(body, "text"), Text(body, "audience"), Text(body, "run")));
        Assert.Equal(OutboxState.Delivered, Assert.Single(await MessagesAsync()).State);
    }

    [Fact]
    public async Task Announce_Redelivered_IsRecordedOnceAndSentOnce()
    {
        await AnnounceAsync("team");
        await DeliverAsync();
        await AnnounceAsync("team");
        await DeliverAsync();

        Assert.Single((await _rig.RunLog.ReadAsync("run")).Entries);
        Assert.Single(_received);
    }

    [Fact]
    public async Task Announce_SomeCannotBeTold_TellsTheOthersAndIsErrored()
    {
        var result = await AnnounceAsync("team", "customers", "ops", "nobody");

        Assert.Equal(StepVerdict.Errored, result.Verdict);
        Assert.Equal("Not told: customers (Slack is not connected); ops (the host's configuration has no webhook 'never-configured'); nobody (the playbook has no such channel). The message stands in the run's record.", result.Message);
        Assert.Equal(["team"], result.Outputs["queued"].EnumerateArray().Select(audience => audience.GetString()));
        Assert.Equal(3, result.Outputs["undelivered"].GetArrayLength());
        Assert.Single((await _rig.RunLog.ReadAsync("run")).Entries);
        Assert.Single(await MessagesAsync());
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(408)]
    [InlineData(425)]
    [InlineData(429)]
    public async Task Webhook_CannotTakeItNow_IsTriedAgainWithTheSameKeyUntilItDoes(int status)
    {
        _status = status;
        await AnnounceAsync("team");
        for (var day = 0; day < 20; day++)
        {
            await DeliverAsync();
            _time.AdvanceTo(_time.GetUtcNow().AddMinutes(10));
        }

        _status = 200;
        await DeliverAsync();
        Assert.Equal(21, _received.Count);
        Assert.All(_received, post => Assert.Equal("call/team", post.Key));
        Assert.Equal(OutboxState.Delivered, Assert.Single(await MessagesAsync()).State);
    }

    [Fact]
    public async Task Webhook_SaysRetryAfter_IsNotAskedBefore()
    {
        (_status, _retryAfter) = (429, "3600");
        await AnnounceAsync("team");
        var progress = await DeliverAsync();

        Assert.Equal(_time.GetUtcNow().AddHours(1), progress.Next);
        await DeliverAsync();
        Assert.Single(_received);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(410)]
    [InlineData(302)]
    public async Task Webhook_RefusesIt_IsParkedAndTheNextIsSent(int status)
    {
        _status = status;
        await AnnounceAsync("team");
        for (var tries = 0; tries < 3; tries++)
        {
            await DeliverAsync();
            _time.AdvanceTo(_time.GetUtcNow().AddMinutes(1));
        }

        _status = 200;
        await NotifyAsync("team");
        await DeliverAsync();
        Assert.Equal([OutboxState.Parked, OutboxState.Delivered], (await MessagesAsync()).Select(message => message.State));
        Assert.Equal($"the webhook answered {status}", (await MessagesAsync())[0].Problem);
    }

    [Fact]
    public async Task Notify_Redelivered_IsSentOnce()
    {
        await NotifyAsync("sre", "team");
        await NotifyAsync("sre", "team");
        await DeliverAsync();

        Assert.Equal("notice/team", Assert.Single(_received).Key);
    }

    [Fact]
    public async Task Notify_NobodyTakesIt_DoesNotStandInTheWayOfTheRun()
    {
        _status = 500;

        await NotifyAsync("team", "ops");

        Assert.Single(await MessagesAsync());
    }

    [Fact]
    public async Task Record_Redelivered_IsOneLine()
    {
        var entry = new RunLogEntry { EntryId = "e", RunId = "run", At = default, PlaybookTime = default, Kind = RunLogKind.Started, Actor = "ada", Message = "started" };

        await _rig.CallAsync<object?>(ActivityNames.Record, entry);
        await _rig.CallAsync<object?>(ActivityNames.Record, entry);

        Assert.Equal("started", Assert.Single((await _rig.RunLog.ReadAsync("run")).Entries).Message);
    }

    private Task<StepResult> AnnounceAsync(params string[] to) =>
        _rig.StepAsync(StepRig.Request("announce", new { to, text = "One in ten." }) with { Channels = Channels }, "call");

    private Task<object?> NotifyAsync(params string[] to) =>
        _rig.CallAsync<object?>(ActivityNames.Notify, new Notice { NoticeId = "notice", RunId = "run", At = DateTimeOffset.UnixEpoch, Text = "the run needs you", To = to, Channels = Channels });

    private Task<LaneProgress> DeliverAsync() =>
        DeliverAsync("webhook:team-hook");

    private async Task<LaneProgress> DeliverAsync(string lane) =>
        await _rig.CallAsync<LaneProgress>(ActivityNames.Deliver, new OutboxLaneInput { RunId = "run", Lane = lane, Opening = (await _rig.Outbox.FindLaneAsync("run", lane))!.Opening });

    private ValueTask<IReadOnlyList<OutboxMessage>> MessagesAsync() => _rig.Outbox.ListAsync(new OutboxQuery());

    private static string? Text(JsonElement body, string name) => body.GetProperty(name).GetString();
}
