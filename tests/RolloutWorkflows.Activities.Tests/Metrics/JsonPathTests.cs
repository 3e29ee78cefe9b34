using System.Text.Json;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities.Tests;

public sealed class JsonPathTests
{
    private const string Document = """
        { "ops": { "errorRate": 0.02, "requests": 120 }, "shards": [ { "lag": 1 }, { "lag": "2.5" } ],
          "nothing": null, "nan": "NaN", "word": "high", "yes": true, "big": 1e3, "list": [7] }
        """;

    [Theory]
    [InlineData("ops.errorRate", 0.02)]
    [InlineData("shards.0.lag", 1)]
    [InlineData("shards[1].lag", 2.5)]
    [InlineData("list[0]", 7)]
    [InlineData("nan", double.NaN)]
    [InlineData("big", 1000)]
    public void Number_ThatIsThere_IsRead(string path, double expected) => Assert.Equal(expected, Read(path).Value);

    [Theory]
    [InlineData("ops.p95", MetricReadingKind.NoData, "the answer has no 'ops.p95'")]
    [InlineData("shards.2.lag", MetricReadingKind.NoData, "the answer has no 'shards.2.lag'")]
    [InlineData("shards.x", MetricReadingKind.NoData, "the answer has no 'shards.x'")]
    [InlineData("ops.errorRate.deeper", MetricReadingKind.NoData, "the answer has no 'ops.errorRate.deeper'")]
    [InlineData("nothing", MetricReadingKind.NoData, "'nothing' is null")]
    [InlineData("word", MetricReadingKind.Error, "'word' is not a number")]
    [InlineData("yes", MetricReadingKind.Error, "'yes' is not a number")]
    [InlineData("ops", MetricReadingKind.Error, "'ops' is not a number")]
    public void Number_ThatIsNotThere_SaysWhy(string path, MetricReadingKind kind, string reason)
    {
        var reading = Read(path);

        Assert.Equal((kind, reason), (reading.Kind, reading.Reason));
    }

    private static MetricReading Read(string path) => JsonPath.Number(JsonDocument.Parse(Document).RootElement, path);
}
