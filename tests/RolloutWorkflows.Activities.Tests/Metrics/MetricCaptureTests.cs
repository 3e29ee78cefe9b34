using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities.Tests;

public sealed class MetricCaptureTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Capture_WithoutASpan_KeepsOneMeasurement()
    {
        await using var server = await LoopbackServer.StartAsync("""{ "p95": 80, "rate": 0.01 }""");
        using var rig = RigOn(server);

        var result = await rig.StepAsync(Request(new { metrics = new[] { "p95", "rate" }, @as = "before" }));

        Assert.Equal((StepVerdict.Passed, "Kept as 'before', the mean of 1 measurement: p95 80, rate 0.01."), (result.Verdict, result.Message));
        Assert.Equal("""{"p95":80,"rate":0.01}""", result.Outputs["values"].GetRawText());
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("1h", 60)]
    [InlineData("2m", 10)]
    [InlineData("6s", 6)]
    public async Task Capture_OverASpan_AsksToBeCalledAgain(string over, double seconds)
    {
        await using var server = await LoopbackServer.StartAsync("""{ "p95": 80 }""");
        using var rig = RigOn(server);

        var result = await rig.StepAsync(Request(new { metrics = new[] { "p95" }, over, @as = "before" }));

        Assert.Equal((StepVerdict.Waiting, TimeSpan.FromSeconds(seconds)), (result.Verdict, result.Again!.Value));
    }

    [Fact]
    public async Task Capture_EachCallTwice_MeasuresOncePerCallAndMissesAreNotMadeUp()
    {
        var value = 0;
        await using var server = await LoopbackServer.StartAsync(context => context.Response.WriteAsync(JsonSerializer.Serialize(new { p95 = value += 10 })));
        using var rig = RigOn(server);
        var request = Request(new { metrics = new[] { "p95" }, over = "1h", @as = "before" });

        StepResult? last = null;
        foreach (var minutes in new[] { 0, 0, 1, 1, 45, 60, 60 })
            last = await rig.StepAsync(request with { At = Noon.AddMinutes(minutes) });

        Assert.Equal((StepVerdict.Passed, "Kept as 'before', the mean of 4 measurements: p95 25."), (last!.Verdict, last.Message));
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task Capture_SourceThatCannotBeAsked_IsErroredWithItsReason()
    {
        await using var server = await LoopbackServer.StartAsync("""{ }""");
        using var rig = RigOn(server);

        var result = await rig.StepAsync(Request(new { metrics = new[] { "p95" }, @as = "before" }));

        Assert.Equal((StepVerdict.Errored, "p95 was not captured: only 0 of 1 measurements had a value, half of them are needed. source status: the answer has no 'p95'"), (result.Verdict, result.Message));
    }

    [Fact]
    public async Task Threshold_AgainstACapture_ComparesWithTheLastOneOfThatName()
    {
        var p95 = 50;
        await using var server = await LoopbackServer.StartAsync(context => context.Response.WriteAsync(JsonSerializer.Serialize(new { p95 })));
        using var rig = RigOn(server);
        await CaptureAsync(rig, Noon);
        p95 = 100;
        await CaptureAsync(rig, Noon.AddHours(1));

        var result = await rig.StepAsync(Threshold(new { capture = "before" }));

        Assert.Equal((StepVerdict.Passed, 100d), (result.Verdict, result.Outputs["baseline"].GetDouble()));
    }

    [Theory]
    [InlineData(0, "before", "baseline 0, which nothing can be compared with")]
    [InlineData(80, "after", "no baseline (p95 was not captured as 'after')")]
    public async Task Threshold_ZeroOrMissingCapture_IsNoAnswer(int captured, string name, string why)
    {
        await using var server = await LoopbackServer.StartAsync(JsonSerializer.Serialize(new { p95 = captured }));
        using var rig = RigOn(server);
        await CaptureAsync(rig, Noon);

        var result = await rig.StepAsync(Threshold(new { capture = name }));

        Assert.Equal(StepVerdict.Errored, result.Verdict);
        Assert.Contains(why, result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Threshold_AgainstAnotherMetric_AsksTheSourceOnce()
    {
        await using var server = await LoopbackServer.StartAsync("""{ "p95": 80, "rate": 70 }""");
        using var rig = RigOn(server);

        var result = await rig.StepAsync(Threshold(new { metric = "rate" }));

        Assert.Equal((StepVerdict.Failed, 70d), (result.Verdict, result.Outputs["baseline"].GetDouble()));
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("\"before\"")]
    [InlineData("""{ "capture": "a", "metric": "b" }""")]
    [InlineData("{}")]
    public async Task Threshold_UnusableBaseline_SaysWhatIsExpected(string baseline)
    {
        using var rig = new StepRig();

        var result = await rig.StepAsync(Threshold(JsonDocument.Parse(baseline).RootElement));

        Assert.Contains("with.baseline: expected { capture: NAME } or { metric: NAME }", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("baseline: { capture: befor }", "did you mean 'before'")]
    [InlineData("baseline: { metric: p59 }", "did you mean 'p95'")]
    [InlineData("minSampleSize: 1", "compares with a baseline that it does not have")]
    [InlineData("baseline: { captured: before }", "captured")]
    public void Validate_WrongBaselineOfACheck_IsAProblem(string line, string expected)
    {
        var yaml = $$"""
            apiVersion: rolloutworkflows/v1
            kind: Playbook
            metadata: { name: example }
            spec:
              metrics: { p95: { source: status, value: p95, samples: count } }
              stages:
                - name: one
                  steps: [ { uses: metric/capture, with: { metrics: [p95], as: before } } ]
                  criteria: [ { uses: metric/threshold, with: { metric: p95, successCondition: result <= baseline, {{line}} } } ]
            """;

        var problems = PlaybookLoader.Load(yaml, "example.yaml", StepCatalog.BuiltIn).Problems;

        Assert.Contains(problems, problem => problem.ToString().Contains(expected, StringComparison.Ordinal));
    }

    private static Task<StepResult> CaptureAsync(StepRig rig, DateTimeOffset at) =>
        rig.StepAsync(Request(new { metrics = new[] { "p95" }, @as = "before" }) with { StartedAt = at, At = at });

    private static StepRequest Request(object with) => StepRig.Request("metric/capture", with) with
    {
        StartedAt = Noon,
        At = Noon,
        Metrics = new Dictionary<string, Metric>
        {
            ["p95"] = new() { Source = "status", Value = "p95" },
            ["rate"] = new() { Source = "status", Value = "rate" },
        },
    };

    private static StepRequest Threshold(object baseline) =>
        StepRig.Request("metric/threshold", new { metric = "p95", successCondition = "result <= baseline", baseline }) with { Metrics = Request(new { }).Metrics };

    private static StepRig RigOn(LoopbackServer server) =>
        new(services => services.AddSingleton(new MetricSourceOptions { Json = new Dictionary<string, JsonHttpSource> { ["status"] = new() { Url = server.Address } } }));
}
