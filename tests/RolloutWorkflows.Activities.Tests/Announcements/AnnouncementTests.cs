using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
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
    private int _status = 200;
    private LoopbackServer _server = null!;
    private StepRig _rig = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await LoopbackServer.StartAsync(async context =>
        {
            _received.Add((context.Request.Headers["Idempotency-Key"].ToString(), (await JsonDocument.ParseAsync(context.Request.Body)).RootElement));
            context.Response.StatusCode = _status;
        });
        _rig = new StepRig(services => services.AddSingleton(new AnnouncementOptions { Webhooks = new Dictionary<string, Uri> { ["team-hook"] = _server.Address } }));
    }

    public async ValueTask DisposeAsync()
    {
        _rig.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Announce_Webhook_GetsTheTextAndTheRecordKeepsIt()
    {
        var result = await AnnounceAsync("team");

        Assert.Equal((StepVerdict.Passed, "Told team."), (result.Verdict, result.Message));
        var (key, body) = Assert.Single(_received);
        Assert.Equal(("call/team", "call/team", "One in ten.", "team", "run"), (key, Text(body, "id"), Text(body, "text"), Text(body, "audience"), Text(body, "run")));
        var line = Assert.Single((await _rig.RunLog.ReadAsync("run")).Entries);
        Assert.Equal((RunLogKind.Announced, "To team: One in ten.", "one", "ada"), (line.Kind, line.Message, line.Stage, line.Actor));
    }

    [Fact]
    public async Task Announce_Redelivered_IsRecordedOnceAndSentWithTheSameKey()
    {
        await AnnounceAsync("team");
        await AnnounceAsync("team");

        Assert.Single((await _rig.RunLog.ReadAsync("run")).Entries);
        Assert.Single(_received.Select(post => post.Key).Distinct());
    }

    [Fact]
    public async Task Announce_SomeCannotBeTold_ToldTheOthersAndIsErrored()
    {
        var result = await AnnounceAsync("team", "customers", "ops", "nobody");

        Assert.Equal(StepVerdict.Errored, result.Verdict);
        Assert.Equal("Not told: customers (Slack is not connected); ops (the host's configuration has no webhook 'never-configured'); nobody (the playbook has no such channel). The message stands in the run's record.", result.Message);
        Assert.Equal(["team"], result.Outputs["delivered"].EnumerateArray().Select(audience => audience.GetString()));
        Assert.Equal(3, result.Outputs["undelivered"].GetArrayLength());
        Assert.Single((await _rig.RunLog.ReadAsync("run")).Entries);
    }

    [Fact]
    public async Task Announce_WebhookRefuses_IsErrored()
    {
        _status = 500;

        Assert.Equal("Not told: team (the webhook answered 500). The message stands in the run's record.", (await AnnounceAsync("team")).Message);
    }

    [Fact]
    public async Task Notify_Redelivered_HasTheSameKey()
    {
        await NotifyAsync("sre", "team");
        await NotifyAsync("sre", "team");

        Assert.NotEmpty(_received);
        Assert.All(_received, post => Assert.Equal("notice/team", post.Key));
    }

    [Fact]
    public async Task Notify_NobodyTakesIt_DoesNotStandInTheWayOfTheRun()
    {
        _status = 500;

        await NotifyAsync("team", "ops");

        Assert.NotEmpty(_received);
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

    private static string? Text(JsonElement body, string name) => body.GetProperty(name).GetString();
}
