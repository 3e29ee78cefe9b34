using Microsoft.AspNetCore.Http;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities.Tests;

public sealed class JsonHttpMetricSourceTests : IDisposable
{
    private readonly OutboundHttp _http = new(Grants.Everything, new EgressGuard(new EgressOptions(), new OwnListeners()), TimeProvider.System);

    private SourceHttp Http => new(_http, new Secrets(new SecretOptions()));

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Read_SeveralMetrics_AsksOnce()
    {
        await using var server = await LoopbackServer.StartAsync("""{ "rate": 0.5, "count": 12, "p95": 80 }""");

        var readings = await SourceAt(server.Address).ReadAsync(new Dictionary<string, Metric>
        {
            ["errors"] = new() { Source = "s", Value = "rate", Samples = "count" },
            ["latency"] = new() { Source = "s", Value = "p95" },
            ["absent"] = new() { Source = "s", Value = "gone" },
        });

        Assert.Equal(MetricReading.Of(0.5, 12), readings["errors"]);
        Assert.Equal(MetricReading.Of(80), readings["latency"]);
        Assert.Equal(MetricReadingKind.NoData, readings["absent"].Kind);
        Assert.Equal(["GET /"], server.Requests);
    }

    [Theory]
    [InlineData("""{ "rate": 1, "count": null }""", null)]
    [InlineData("""{ "rate": 1 }""", null)]
    [InlineData("""{ "rate": 1, "count": "NaN" }""", null)]
    [InlineData("""{ "rate": 1, "count": 0 }""", 0d)]
    public async Task Read_SamplesThatAreNone_AreUnknown(string json, double? samples)
    {
        await using var server = await LoopbackServer.StartAsync(json);

        Assert.Equal(MetricReading.Of(1, samples), await ReadAsync(SourceAt(server.Address)));
    }

    [Theory]
    [InlineData(302, "the answer was 302, and redirects are not followed")]
    [InlineData(404, "the answer was 404")]
    [InlineData(500, "the answer was 500")]
    [InlineData(503, "the answer was 503")]
    public async Task Read_AnswerThatIsNone_IsAnError(int status, string reason)
    {
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "/elsewhere";
            return context.Response.WriteAsync("""{ "rate": 1 }""");
        });

        Assert.Equal(MetricReading.Error(reason), await ReadAsync(SourceAt(server.Address)));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Read_NotJson_IsAnError()
    {
        await using var server = await LoopbackServer.StartAsync("<html>");

        Assert.Equal(MetricReading.Error("the answer was not JSON"), await ReadAsync(SourceAt(server.Address)));
    }

    [Fact]
    public async Task Read_DocumentTooLong_IsAnError()
    {
        await using var server = await LoopbackServer.StartAsync("[" + new string(' ', SourceHttp.MaximumBytes) + "]");

        Assert.Equal(MetricReading.Error("the answer was longer than 1024 KiB"), await ReadAsync(SourceAt(server.Address)));
    }

    [Fact]
    public async Task Read_ServerStaysSilent_IsAnErrorAfterTheTimeout()
    {
        await using var server = await LoopbackServer.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));

        Assert.Equal(MetricReading.Error("no answer within 50ms"), await ReadAsync(SourceAt(server.Address, TimeSpan.FromMilliseconds(50))));
    }

    [Fact]
    public async Task Read_NobodyListens_IsAnError()
    {
        Assert.Equal(MetricReading.Error("the connection was refused"), await ReadAsync(SourceAt(await LoopbackServer.NobodyAsync())));
    }

    [Fact]
    public async Task Read_Headers_AreSent()
    {
        string? got = null;
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            got = context.Request.Headers.Authorization;
            return context.Response.WriteAsync("""{ "rate": 1 }""");
        });

        await ReadAsync(new JsonHttpMetricSource(new JsonHttpSource { Url = server.Address, Headers = new Dictionary<string, string> { ["Authorization"] = "Bearer key" } }, Http));

        Assert.Equal("Bearer key", got);
    }

    [Fact]
    public async Task Read_Cancelled_PassesItOn()
    {
        await using var server = await LoopbackServer.StartAsync("{}");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SourceAt(server.Address).ReadAsync(One, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Read_MetricWithoutPath_IsAnError()
    {
        await using var server = await LoopbackServer.StartAsync("{}");

        var readings = await SourceAt(server.Address).ReadAsync(new Dictionary<string, Metric> { ["m"] = new() { Source = "s", Query = "up" } });

        Assert.Equal(MetricReadingKind.Error, readings["m"].Kind);
    }

    private static readonly Dictionary<string, Metric> One = new() { ["m"] = new Metric { Source = "s", Value = "rate", Samples = "count" } };

    private JsonHttpMetricSource SourceAt(Uri address, TimeSpan? timeout = null) =>
        new(new JsonHttpSource { Url = address, Timeout = timeout ?? TimeSpan.FromSeconds(5) }, Http);

    private static async Task<MetricReading> ReadAsync(JsonHttpMetricSource source) => (await source.ReadAsync(One))["m"];
}
