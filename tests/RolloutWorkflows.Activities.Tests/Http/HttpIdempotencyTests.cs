using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities.Tests;

/// <summary><c>http/idempotency</c> against services that keep to their keys, and such that do not.</summary>
public sealed class HttpIdempotencyTests : IDisposable
{
    private readonly StepRig _rig = new();
    private readonly RunsService _service = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Replay_SameAnswerAndOneEffect_Passes()
    {
        await using var server = await _service.StartAsync();

        var result = await AskAsync(server, new { url = server.Address + "runs", body = """{ "agent": "probe" }""", countUrl = server.Address + "count", countValue = "total" });

        Assert.Equal((StepVerdict.Passed, $"{server.Address}runs answered 201 both times, and had one effect."), (result.Verdict, result.Message));
        Assert.Equal((201, 1.0), (result.Outputs["status"].GetInt32(), result.Outputs["effects"].GetDouble()));
        Assert.Equal(["GET /count", "POST /runs", "POST /runs", "GET /count"], server.Requests);
        Assert.Equal(_service.Keys[0], _service.Keys[1]);
        Assert.True(Guid.TryParse(_service.Keys[0], out _));
    }

    [Fact]
    public async Task Replay_EachRequestIsAnEffect_Fails()
    {
        _service.IgnoresKeys = true;
        await using var server = await _service.StartAsync();

        var result = await AskAsync(server, new { url = server.Address + "runs", countUrl = server.Address + "count", countValue = "total", ignore = new[] { "id" } });

        Assert.Equal((StepVerdict.Failed, $"The same request sent twice with one key had 2 effects, as {server.Address}count counts; expected one."), (result.Verdict, result.Message));
    }

    [Fact]
    public async Task Replay_AnswerDiffers_FailsAndSaysWhere()
    {
        _service.IgnoresKeys = true;
        await using var server = await _service.StartAsync();

        var result = await AskAsync(server, new { url = server.Address + "runs" });

        Assert.Equal((StepVerdict.Failed, $"{server.Address}runs answered the same request with the same key differently: 'id' was 1, then 2."), (result.Verdict, result.Message));
    }

    [Fact]
    public async Task Replay_OnlyIgnoredPathsDiffer_Passes()
    {
        var asked = 0;
        await using var server = await LoopbackServer.StartAsync(context =>
            context.Response.WriteAsync($$"""{ "id": 1, "meta": { "replayed": {{(asked++ > 0 ? "true" : "false")}} }, "items": [ { "at": {{asked}}, "n": 1 } ] }"""));

        var result = await AskAsync(server, new { url = server.Address, ignore = new[] { "meta.replayed", "items.*.at" } });

        Assert.Equal((StepVerdict.Passed, $"{server.Address} answered 200 both times."), (result.Verdict, result.Message));
    }

    [Fact]
    public async Task Replay_StatusDiffers_Fails()
    {
        var asked = 0;
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.StatusCode = asked++ == 0 ? 201 : 409;
            return Task.CompletedTask;
        });

        var result = await AskAsync(server, new { url = server.Address });

        Assert.Equal(StepVerdict.Failed, result.Verdict);
        Assert.EndsWith("the first was 201, the second 409.", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("count", "total")]
    [InlineData("count?key={key}", "ofKey")]
    public async Task AnotherKey_HasAnEffectOfItsOwn_Passes(string count, string value)
    {
        await using var server = await _service.StartAsync();

        var result = await AskAsync(server, new { url = server.Address + "runs", countUrl = server.Address + count, countValue = value, anotherKey = true });

        Assert.Equal((StepVerdict.Passed, $"{server.Address}runs answered 201 both times with one effect, and another key had an effect of its own."), (result.Verdict, result.Message));
        Assert.Equal(2.0, result.Outputs["effects"].GetDouble());
        Assert.Equal(2, _service.Keys.Distinct().Count());
    }

    [Fact]
    public async Task AnotherKey_IsTakenForTheFirst_Fails()
    {
        _service.TakesAllKeysForOne = true;
        await using var server = await _service.StartAsync();

        var counted = await AskAsync(server, new { url = server.Address + "runs", countUrl = server.Address + "count", countValue = "total", anotherKey = true });
        var answered = await AskAsync(server, new { url = server.Address + "runs", anotherKey = true });

        Assert.Equal(StepVerdict.Failed, counted.Verdict);
        Assert.Equal((StepVerdict.Failed, $"{server.Address}runs answered another key with the same answer; expected a new effect with an answer of its own."), (answered.Verdict, answered.Message));
    }

    [Fact]
    public async Task Redelivered_AfterTheRequests_SendsTheSameKeysAndCountsFromBefore()
    {
        await using var server = await _service.StartAsync();
        var request = StepRig.Request("http/idempotency", new { url = server.Address + "runs", countUrl = server.Address + "count", countValue = "total", anotherKey = true }) with { StartedAt = DateTimeOffset.UnixEpoch };

        var counted = await _rig.StepAsync(request, "run/1/1");
        var cutOff = await _rig.StepAsync(request with { Kept = counted.Keep }, "run/1/2");
        var replayed = await _rig.StepAsync(request with { Kept = counted.Keep }, "run/1/2");
        var lost = await _rig.StepAsync(request with { Kept = replayed.Keep }, "run/1/3");
        var last = await _rig.StepAsync(request with { Kept = replayed.Keep }, "run/1/3");

        Assert.Equal((StepVerdict.Waiting, StepVerdict.Waiting, StepVerdict.Waiting), (counted.Verdict, cutOff.Verdict, replayed.Verdict));
        Assert.Equal((StepVerdict.Passed, StepVerdict.Passed), (lost.Verdict, last.Verdict));
        Assert.Equal(2, _service.Total);
        Assert.Equal((6, 2), (_service.Keys.Count, _service.Keys.Distinct().Count()));
    }

    [Fact]
    public async Task AnotherCall_SendsOtherKeys()
    {
        await using var server = await _service.StartAsync();

        await AskAsync(server, new { url = server.Address + "runs" });
        await AskAsync(server, new { url = server.Address + "runs" });

        Assert.Equal((4, 2), (_service.Keys.Count, _service.Keys.Distinct().Count()));
    }

    [Fact]
    public async Task Guardrail_CountDidNotGrow_IsErroredSinceAnEarlierDeliveryMayHaveHadTheEffect()
    {
        await using var server = await _service.StartAsync();
        var request = StepRig.Request("http/idempotency", new { url = server.Address + "runs", countUrl = server.Address + "count", countValue = "total" });

        var first = await _rig.StepAsync(request, "run/1/1");
        var redelivered = await _rig.StepAsync(request, "run/1/1");

        Assert.Equal((StepVerdict.Passed, StepVerdict.Errored), (first.Verdict, redelivered.Verdict));
        Assert.EndsWith("had 0 effects, as " + server.Address + "count counts; expected one, unless an earlier call was cut off.", redelivered.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(503, StepVerdict.Failed)]
    [InlineData(202, StepVerdict.Failed)]
    [InlineData(201, StepVerdict.Passed)]
    public async Task Replay_FirstStatus_MustBeTheExpectedOne(int status, StepVerdict expected)
    {
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });

        var result = await AskAsync(server, new { url = server.Address, expectStatus = 201 });

        Assert.Equal(expected, result.Verdict);
    }

    [Fact]
    public async Task Replay_NobodyListens_IsErrored()
    {
        var address = await LoopbackServer.NobodyAsync();

        var result = await AskAsync(null, new { url = address });

        Assert.Equal((StepVerdict.Errored, $"{address}: the connection was refused."), (result.Verdict, result.Message));
    }

    [Fact]
    public async Task Replay_CounterIsNoNumber_IsErrored()
    {
        await using var server = await _service.StartAsync();

        var result = await AskAsync(server, new { url = server.Address + "runs", countUrl = server.Address + "count", countValue = "nothing" });

        Assert.Equal((StepVerdict.Errored, $"{server.Address}count, which counts the effects: the answer has no 'nothing'."), (result.Verdict, result.Message));
        Assert.Equal(["GET /count"], server.Requests);
    }

    [Fact]
    public async Task Headers_ThatAreTheKey_AreRefused()
    {
        var result = await AskAsync(null, new { url = "http://127.0.0.1:9/", headers = new Dictionary<string, string> { ["idempotency-key"] = "mine" } });

        Assert.Equal((StepVerdict.Errored, "with.headers: Idempotency-Key is set by itself; remove it."), (result.Verdict, result.Message));
    }

    [Fact]
    public async Task Replay_NotGranted_IsErroredAndSendsNothing()
    {
        using var rig = new StepRig(services => services.AddSingleton(new Grants(new Dictionary<string, PlaybookGrant>())));
        await using var server = await _service.StartAsync();

        var result = await rig.StepAsync("http/idempotency", new { url = server.Address + "runs" });

        Assert.Equal(StepVerdict.Errored, result.Verdict);
        Assert.Contains("is not granted to playbook web4", result.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    /// <summary>Calls the check as a stage does, again and again while it says so.</summary>
    private async Task<StepResult> AskAsync(LoopbackServer? server, object with)
    {
        _ = server;
        var request = StepRig.Request("http/idempotency", with) with { StartedAt = DateTimeOffset.UnixEpoch };
        var result = await _rig.StepAsync(request);
        while (result is { Verdict: StepVerdict.Waiting, Again: not null }) result = await _rig.StepAsync(request with { Kept = result.Keep });
        return result;
    }

    /// <summary>A service that creates runs, once for each key.</summary>
    private sealed class RunsService
    {
        private readonly Dictionary<string, int> _byKey = [];

        public List<string> Keys { get; } = [];

        public int Total { get; private set; }

        public bool IgnoresKeys { get; set; }

        public bool TakesAllKeysForOne { get; set; }

        public Task<LoopbackServer> StartAsync() => LoopbackServer.StartAsync(context =>
        {
            if (context.Request.Method == "GET")
                return context.Response.WriteAsync(JsonSerializer.Serialize(new { total = Total, ofKey = _byKey.ContainsKey(context.Request.Query["key"].ToString()) ? 1 : 0 }));
            var key = context.Request.Headers["Idempotency-Key"].ToString();
            Keys.Add(key);
            if (TakesAllKeysForOne) key = "one";
            if (IgnoresKeys || !_byKey.TryGetValue(key, out var id)) _byKey[key] = id = ++Total;
            context.Response.StatusCode = 201;
            return context.Response.WriteAsync(JsonSerializer.Serialize(new { id }));
        });
    }
}
