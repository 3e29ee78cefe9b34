using Microsoft.AspNetCore.Http;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities.Tests;

/// <summary><c>http/rate-limit</c> against services that limit, and such that do not.</summary>
public sealed class HttpRateLimitTests : IDisposable
{
    private readonly StepRig _rig = new();
    private readonly LimitedService _service = new() { Limit = 10 };

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Burst_BeyondTheLimitIsRefused_WaitsForRetryAfterAndPassesWhereOneIsLetThroughAgain()
    {
        await using var server = await _service.StartAsync();
        var request = Request(server, new { limit = 10 });

        var waiting = await _rig.StepAsync(request);
        var early = await _rig.StepAsync(request with { Kept = waiting.Keep });
        _service.NextWindow();
        var result = await _rig.StepAsync(request with { Kept = early.Keep });

        Assert.Equal((StepVerdict.Waiting, TimeSpan.FromSeconds(30)), (waiting.Verdict, waiting.Again));
        Assert.Equal((StepVerdict.Waiting, TimeSpan.FromSeconds(30)), (early.Verdict, early.Again));
        Assert.Equal((StepVerdict.Passed, $"{server.Address} let through 10 of 15 requests, answered 5 with 429 (Retry-After 30s), and let one through again after that."), (result.Verdict, result.Message));
        Assert.Equal((10, 5, 30), (result.Outputs["letThrough"].GetInt32(), result.Outputs["refused"].GetInt32(), result.Outputs["retryAfter"].GetInt32()));
        Assert.Equal(17, server.Requests.Count);
    }

    [Fact]
    public async Task Burst_EverythingIsLetThrough_Fails()
    {
        _service.Limit = int.MaxValue;
        await using var server = await _service.StartAsync();

        var result = await _rig.StepAsync(Request(server, new { limit = 10, burst = 12 }));

        Assert.Equal((StepVerdict.Failed, $"{server.Address} let through 12 of 12 requests; expected 10, the others answered 429."), (result.Verdict, result.Message));
    }

    [Fact]
    public async Task Burst_AFewMoreWithinTheTolerance_GoOn()
    {
        _service.Limit = 12;
        await using var server = await _service.StartAsync();

        var result = await _rig.StepAsync(Request(server, new { limit = 10, tolerance = 2 }));

        Assert.Equal(StepVerdict.Waiting, result.Verdict);
    }

    [Theory]
    [InlineData(503, "5 × 503")]
    [InlineData(404, "5 × 404")]
    public async Task Burst_RefusedWithAnotherStatus_Fails(int status, string told)
    {
        _service.Refusal = status;
        await using var server = await _service.StartAsync();

        var result = await _rig.StepAsync(Request(server, new { limit = 10 }));

        Assert.Equal((StepVerdict.Failed, $"{server.Address} answered {told} of 15 requests; expected those beyond the limit to be answered 429, and nothing else."), (result.Verdict, result.Message));
    }

    [Fact]
    public async Task Burst_WindowWasUsedUp_IsSentAgainAfterTheWindowAndFailsWhereItStaysSo()
    {
        _service.Limit = 4;
        await using var server = await _service.StartAsync();
        var request = Request(server, new { limit = 10, window = "2m" });

        var waiting = await _rig.StepAsync(request);
        _service.NextWindow();
        var result = await _rig.StepAsync(request with { Kept = waiting.Keep });

        Assert.Equal((StepVerdict.Waiting, TimeSpan.FromMinutes(2)), (waiting.Verdict, waiting.Again));
        Assert.Equal((StepVerdict.Failed, $"{server.Address} let through only 4 of 15 requests; expected 10, also after the window."), (result.Verdict, result.Message));
    }

    [Fact]
    public async Task Redelivered_AfterTheBurst_PassesInTheNextWindow()
    {
        await using var server = await _service.StartAsync();
        var request = Request(server, new { limit = 10 });

        var cutOff = await _rig.StepAsync(request, "run/1/1");
        var redelivered = await _rig.StepAsync(request, "run/1/1");
        _service.NextWindow();
        var burst = await _rig.StepAsync(request with { Kept = redelivered.Keep }, "run/1/2");
        _service.NextWindow();
        var result = await _rig.StepAsync(request with { Kept = burst.Keep }, "run/1/3");

        Assert.Equal((StepVerdict.Waiting, StepVerdict.Waiting, StepVerdict.Waiting, StepVerdict.Passed), (cutOff.Verdict, redelivered.Verdict, burst.Verdict, result.Verdict));
    }

    [Fact]
    public async Task Window_NeverOpensAgain_Fails()
    {
        await using var server = await _service.StartAsync();
        var request = Request(server, new { limit = 10 });

        var result = await _rig.StepAsync(request);
        while (result.Verdict == StepVerdict.Waiting) result = await _rig.StepAsync(request with { Kept = result.Keep });

        Assert.Equal((StepVerdict.Failed, $"{server.Address} still answers 429 after the window; expected one request to be let through again."), (result.Verdict, result.Message));
        Assert.Equal(18, server.Requests.Count);
    }

    [Fact]
    public async Task Window_EndsInAnError_Fails()
    {
        await using var server = await _service.StartAsync();
        var request = Request(server, new { limit = 10 });

        var waiting = await _rig.StepAsync(request);
        _service.Refusal = 500;
        var result = await _rig.StepAsync(request with { Kept = waiting.Keep });

        Assert.Equal((StepVerdict.Failed, $"{server.Address} answered 1 × 500 after the window; expected one request to be let through again."), (result.Verdict, result.Message));
    }

    [Fact]
    public async Task Guardrail_CannotWait_JudgesTheBurstAlone()
    {
        await using var server = await _service.StartAsync();
        var request = Request(server, new { limit = 10 }) with { StartedAt = null };

        var result = await _rig.StepAsync(request);
        var usedUp = await _rig.StepAsync(request);

        Assert.Equal((StepVerdict.Passed, StepVerdict.Errored), (result.Verdict, usedUp.Verdict));
        Assert.EndsWith("unless others used up the limit just before.", usedUp.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Burst_NobodyListens_IsErrored()
    {
        var address = await LoopbackServer.NobodyAsync();

        var result = await _rig.StepAsync("http/rate-limit", new { url = address, limit = 2 });

        Assert.Equal((StepVerdict.Errored, $"{address}: 3 of 3 requests had no answer: the connection was refused."), (result.Verdict, result.Message));
    }

    [Fact]
    public async Task Burst_NotLargerThanTheLimit_IsRefused()
    {
        var result = await _rig.StepAsync("http/rate-limit", new { url = "http://127.0.0.1:9/", limit = 10, burst = 10 });

        Assert.Equal((StepVerdict.Errored, "with.burst: expected more than the limit and the tolerance, 10, got 10."), (result.Verdict, result.Message));
    }

    [Theory]
    [InlineData("30", null, 30.0)]
    [InlineData("Thu, 01 Jan 1970 00:02:00 GMT", null, 120.0)]
    [InlineData("Thu, 01 Jan 1970 00:02:00 GMT", "Thu, 01 Jan 1970 00:01:30 GMT", 30.0)]
    [InlineData("Wed, 31 Dec 1969 00:00:00 GMT", null, 0.0)]
    [InlineData("soon", null, null)]
    [InlineData(null, null, null)]
    public void RetryAfter_SecondsOrDate_IsRead(string? retryAfter, string? date, double? seconds)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (retryAfter is not null) headers["retry-after"] = retryAfter;
        if (date is not null) headers["date"] = date;

        var read = RateLimitBurst.RetryAfterOf(new OutboundAnswer(429, [], false, TimeSpan.Zero) { Headers = headers }, DateTimeOffset.UnixEpoch);

        Assert.Equal(seconds, read?.TotalSeconds);
    }

    private static StepRequest Request(LoopbackServer server, object with)
    {
        var request = StepRig.Request("http/rate-limit", with) with { StartedAt = DateTimeOffset.UnixEpoch };
        return request with { With = request.With.Append(new("url", System.Text.Json.JsonSerializer.SerializeToElement(server.Address))).ToDictionary() };
    }

    /// <summary>A service that lets so many requests through in a window.</summary>
    private sealed class LimitedService
    {
        private int _inWindow;

        public int Limit { get; set; }

        public int Refusal { get; set; } = 429;

        public void NextWindow() => Interlocked.Exchange(ref _inWindow, 0);

        public Task<LoopbackServer> StartAsync() => LoopbackServer.StartAsync(context =>
        {
            if (Interlocked.Increment(ref _inWindow) <= Limit) return Task.CompletedTask;
            context.Response.StatusCode = Refusal;
            context.Response.Headers.RetryAfter = "30";
            return Task.CompletedTask;
        });
    }
}
