using System.Globalization;
using Microsoft.AspNetCore.Http;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities.Tests;

/// <summary>What a real Prometheus says only rarely: the source against a server that answers as the test wants.</summary>
public sealed class PrometheusAnswerTests : IDisposable
{
    private readonly OutboundHttp _http = OperatorHttp.Create();

    public void Dispose() => _http.Dispose();

    [Theory]
    [InlineData(503, """{ "status": "error", "errorType": "timeout", "error": "query timed out" }""", "the answer was 503: query timed out")]
    [InlineData(422, """{ "status": "error", "errorType": "execution", "error": "too many samples" }""", "the query was refused: too many samples")]
    [InlineData(502, "<html>Bad gateway</html>", "the answer was 502")]
    [InlineData(302, "", "the answer was 302, and redirects are not followed")]
    [InlineData(401, "Unauthorized", "the answer was 401: the source wants other credentials than the host's configuration has for it")]
    [InlineData(200, """{ "fine": true }""", "the answer is not one of Prometheus' HTTP API; the address must be the one below which /api/v1/query answers")]
    [InlineData(200, "[]", "the answer is not one of Prometheus' HTTP API; the address must be the one below which /api/v1/query answers")]
    public async Task Read_AnswerThatIsNone_IsAnError(int status, string body, string reason)
    {
        Assert.Equal(MetricReading.Error(reason), await ReadAsync(status, body));
    }

    [Fact]
    public async Task Read_LongErrorText_IsShortened()
    {
        var reading = await ReadAsync(400, $$"""{ "status": "error", "error": "{{new string('x', 5_000)}}" }""");

        Assert.True(reading.Reason.Length < 400, reading.Reason);
        Assert.EndsWith("…", reading.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_WarningsAndInfos_ArePassedOn()
    {
        var reading = await ReadAsync(200, Vector(DateTimeOffset.UtcNow, """, "warnings": ["a store did not answer"], "infos": ["metric might not be a counter"] """));

        Assert.Equal("the source says: a store did not answer; metric might not be a counter", reading.Note);
        var verdict = GuardrailVerdict.Judge(new Guardrail { Name = "g", FailureCondition = "result > 5" }, reading, null);
        Assert.Equal("'result > 5' does not hold: result 1 (the source says: a store did not answer; metric might not be a counter)", verdict.Message);
    }

    [Fact]
    public async Task Read_AnswerOfLongAgo_IsNoted()
    {
        var reading = await ReadAsync(200, Vector(DateTimeOffset.UtcNow.AddMinutes(-20)));

        Assert.Contains("it is as of ", reading.Note, StringComparison.Ordinal);
        Assert.EndsWith(" ago", reading.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_AddressWithAPath_IsAskedBelowIt()
    {
        await using var server = await LoopbackServer.StartAsync(Vector(DateTimeOffset.UtcNow));

        await ReadAsync(new PrometheusHttpSource { Url = new Uri(server.Address, "/mimir/prometheus/") });

        Assert.Equal(["POST /mimir/prometheus/api/v1/query"], server.Requests);
    }

    [Fact]
    public async Task Read_ServerStaysSilent_IsAnErrorAfterTheTimeout()
    {
        await using var server = await LoopbackServer.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));

        Assert.Equal(MetricReading.Error("no answer within 50ms"), await ReadAsync(new PrometheusHttpSource { Url = server.Address, Timeout = TimeSpan.FromMilliseconds(50) }));
    }

    [Fact]
    public async Task Read_NobodyListens_IsAnError() =>
        Assert.Equal(MetricReading.Error("the connection was refused"), await ReadAsync(new PrometheusHttpSource { Url = await LoopbackServer.NobodyAsync() }));

    [Fact]
    public async Task Read_MetricWithoutAQuery_IsAnError()
    {
        var source = SourceOf(new PrometheusHttpSource { Url = await LoopbackServer.NobodyAsync() });

        Assert.Equal("the metric states no value: a Prometheus source needs a query", (await source.ReadAsync(new Dictionary<string, Metric> { ["m"] = new() { Source = "s" } }, TestContext.Current.CancellationToken))["m"].Reason);
    }

    private static string Vector(DateTimeOffset at, string more = "") =>
        $$"""{ "status": "success", "data": { "resultType": "vector", "result": [ { "metric": {}, "value": [{{(at.ToUnixTimeMilliseconds() / 1000d).ToString(CultureInfo.InvariantCulture)}}, "1"] } ] }{{more}} }""";

    private async Task<MetricReading> ReadAsync(int status, string body)
    {
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(body);
        });
        return await ReadAsync(new PrometheusHttpSource { Url = server.Address });
    }

    private async Task<MetricReading> ReadAsync(PrometheusHttpSource source) =>
        (await SourceOf(source).ReadAsync(new Dictionary<string, Metric> { ["m"] = new() { Source = "s", Value = "up" } }, TestContext.Current.CancellationToken))["m"];

    private PrometheusSource SourceOf(PrometheusHttpSource source) => new(new PrometheusApi(source, new SourceHttp(_http, new Secrets(new SecretOptions()))), TimeProvider.System);
}
