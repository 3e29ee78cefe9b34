using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities.Tests;

/// <summary>The source against a real Prometheus.</summary>
public sealed class PrometheusSourceTests(PrometheusSourceTests.Shared shared) : IClassFixture<PrometheusSourceTests.Shared>
{
    private const string Exposed = """
        requests_total{code="200"} 90
        requests_total{code="500"} 10
        satisfaction 4.25
        zero 0

        """;

    [Fact]
    public async Task Read_Vector_IsItsValue()
    {
        Assert.Equal(MetricReading.Of(4.25), await ReadAsync("satisfaction"));
    }

    [Fact]
    public async Task Read_Scalar_IsItsValue()
    {
        Assert.Equal(MetricReading.Of(42), await ReadAsync("scalar(vector(42))"));
    }

    [Fact]
    public async Task Read_RatioWithSamples_CountsThem()
    {
        Assert.Equal(MetricReading.Of(0.1, 100), await ReadAsync("""sum(requests_total{code="500"}) / sum(requests_total)""", "sum(requests_total)"));
    }

    [Fact]
    public async Task Read_QueryKey_IsTheSameAsValue()
    {
        var source = await SourceAsync();

        var readings = await source.ReadAsync(new Dictionary<string, Metric> { ["m"] = new() { Source = "s", Query = "satisfaction", SamplesQuery = "sum(requests_total)" } }, TestContext.Current.CancellationToken);

        Assert.Equal(MetricReading.Of(4.25, 100), readings["m"]);
    }

    [Fact]
    public async Task Read_ZeroByZero_IsTheValueNaN()
    {
        var reading = await ReadAsync("zero / zero");

        Assert.Equal((MetricReadingKind.Value, double.NaN), (reading.Kind, reading.Value));
    }

    [Fact]
    public async Task Read_InfiniteValue_IsAValue()
    {
        Assert.Equal(double.PositiveInfinity, (await ReadAsync("satisfaction / zero")).Value);
    }

    [Fact]
    public async Task Read_NoSeries_IsNoData()
    {
        Assert.Equal(MetricReading.NoData("the query gives no series"), await ReadAsync("absent_metric"));
    }

    [Fact]
    public async Task Read_SeveralSeries_IsAnErrorThatShowsTheirLabels()
    {
        var reading = await ReadAsync("sum by (code) (requests_total)");

        Assert.Equal(MetricReading.Error("""the query gives 2 series where one number is needed: {code="200"}, {code="500"}; aggregate them, for example sum(…) or max(…)"""), reading);
    }

    [Fact]
    public async Task Read_Range_IsAnErrorThatNamesTheWayOut()
    {
        var reading = await ReadAsync("satisfaction[5m]");

        Assert.Equal(MetricReadingKind.Error, reading.Kind);
        Assert.StartsWith("the query gives a range of samples (a matrix) where one number is needed", reading.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_Text_IsAnError()
    {
        Assert.Equal(MetricReading.Error("the query gives a string where one number is needed"), await ReadAsync("\"text\""));
    }

    [Fact]
    public async Task Read_SyntaxError_IsPrometheusOwnWords()
    {
        var reading = await ReadAsync("sum(satisfaction");

        Assert.Equal(MetricReadingKind.Error, reading.Kind);
        Assert.StartsWith("the query was refused: ", reading.Reason, StringComparison.Ordinal);
        Assert.Contains("unclosed left parenthesis", reading.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_QueryLongerThanAnAddressMayBe_IsAnswered()
    {
        var query = string.Join(" + ", Enumerable.Repeat("satisfaction", 3_000));

        Assert.Equal(3_000 * 4.25, (await ReadAsync(query)).Value);
    }

    [Fact]
    public async Task Read_OneBadQuery_LeavesTheOthersAlone()
    {
        var source = await SourceAsync();

        var readings = await source.ReadAsync(new Dictionary<string, Metric>
        {
            ["good"] = new() { Source = "s", Value = "satisfaction" },
            ["bad"] = new() { Source = "s", Value = "sum(" },
        }, TestContext.Current.CancellationToken);

        Assert.Equal((MetricReadingKind.Value, MetricReadingKind.Error), (readings["good"].Kind, readings["bad"].Kind));
    }

    [Fact]
    public async Task Probe_Answering_FindsNothingWrong() => Assert.Null(await (await SourceAsync()).ProbeAsync(TestContext.Current.CancellationToken));

    private async Task<MetricReading> ReadAsync(string value, string? samples = null)
    {
        var source = await SourceAsync();
        return (await source.ReadAsync(new Dictionary<string, Metric> { ["m"] = new() { Source = "s", Value = value, Samples = samples } }, TestContext.Current.CancellationToken))["m"];
    }

    private async Task<PrometheusSource> SourceAsync() => new((await shared.ServerAsync()).Api, TimeProvider.System);

    /// <summary>One server for all of them.</summary>
    public sealed class Shared : IAsyncDisposable
    {
        private readonly SemaphoreSlim _once = new(1);
        private PrometheusServer? _server;

        internal async Task<PrometheusServer> ServerAsync()
        {
            await _once.WaitAsync();
            try
            {
                if (_server is not null) return _server;
                _server = await PrometheusServer.StartAsync(() => Exposed);
                await _server.WaitForAsync("satisfaction", series => series.Count == 1);
                return _server;
            }
            finally
            {
                _once.Release();
            }
        }

        public async ValueTask DisposeAsync()
        {
            if (_server is not null) await _server.DisposeAsync();
            _once.Dispose();
        }
    }
}
