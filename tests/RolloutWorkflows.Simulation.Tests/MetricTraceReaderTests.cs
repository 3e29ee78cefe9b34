using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Simulation.Tests;

/// <summary>Recorded metrics as files.</summary>
public sealed class MetricTraceReaderTests
{
    private static readonly DateTimeOffset Nine = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Csv_WithSamplesAndGaps_IsReadCellByCell()
    {
        var trace = MetricTraceReader.Read("time,errors,errors.samples,p95\r\n2026-03-02T09:00:00Z,0.01,500,180\r\n2026-03-02T10:01:00+01:00,,,190\n1772442120,0.02,700,NaN\n", "trace.csv");

        Assert.Equal((Nine, Nine.AddMinutes(2)), (trace.From, trace.To));
        Assert.Equal(["errors", "p95"], trace.Metrics.Order());
        Assert.Equal((0.01, 500), Value(trace, "errors", Nine.AddMinutes(1)));
        Assert.Equal((0.02, 700), Value(trace, "errors", Nine.AddMinutes(2)));
        Assert.Equal((190, null), Value(trace, "p95", Nine.AddSeconds(90)));
        Assert.True(double.IsNaN(Value(trace, "p95", Nine.AddMinutes(3)).Value!.Value));
    }

    [Fact]
    public void Json_ListOfObjects_IsTheSameTable()
    {
        var trace = MetricTraceReader.Read("""[{ "time": "2026-03-02T09:00:00Z", "errors": 0.01 }, { "time": "2026-03-02T09:01:00Z", "errors": null }, { "time": "2026-03-02T09:02:00Z", "errors": "0.03" }]""", "trace.json");

        Assert.Equal((0.01, null), Value(trace, "errors", Nine.AddMinutes(1)));
        Assert.Equal((0.03, null), Value(trace, "errors", Nine.AddMinutes(2)));
    }

    [Fact]
    public void Value_LongAfterTheLast_IsNoData()
    {
        IMetricTrace trace = MetricTraceReader.Read("time,errors\n2026-03-02T09:00:00Z,0.01\n2026-03-02T09:01:00Z,0.01\n2026-03-02T09:02:00Z,0.01", "trace.csv");

        Assert.Equal(MetricReadingKind.Value, trace.Read("errors", Nine.AddMinutes(7)).Kind);
        Assert.Equal(MetricReadingKind.NoData, trace.Read("errors", Nine.AddMinutes(8)).Kind);
        Assert.Equal(MetricReadingKind.NoData, trace.Read("errors", Nine.AddMinutes(-1)).Kind);
        Assert.Contains("records no p95", trace.Read("p95", Nine).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("t.csv", "time,errors\n2026-03-02T09:00:00Z,0.01,5", "t.csv:2: expected 2 cells as in the first line, got 3")]
    [InlineData("t.csv", "when,errors\n2026-03-02T09:00:00Z,0.01", "t.csv:2: there is no 'time'")]
    [InlineData("t.csv", "time,errors\nyesterday,0.01", "t.csv:2: 'yesterday' is no moment")]
    [InlineData("t.csv", "time,errors\n2026-03-02T09:00:00Z,many", "t.csv:2, errors: 'many' is no number")]
    [InlineData("t.csv", "time,errors\n", "the trace records nothing")]
    [InlineData("t.csv", "", "the trace records nothing")]
    [InlineData("t.json", "[{]", "t.json:1: is no JSON")]
    [InlineData("t.json", "{}", "t.json: expected a list of objects")]
    [InlineData("t.json", "[1]", "t.json, entry 1: expected an object")]
    public void Trace_ThatCannotBeRead_IsRefusedWithItsPlace(string file, string text, string says) =>
        Assert.Contains(says, Assert.Throws<MetricTraceException>(() => MetricTraceReader.Read(text, file)).Message, StringComparison.Ordinal);

    private static (double? Value, double? Samples) Value(IMetricTrace trace, string metric, DateTimeOffset at)
    {
        var reading = trace.Read(metric, at);
        Assert.Equal(MetricReadingKind.Value, reading.Kind);
        return (reading.Value, reading.Samples);
    }
}
