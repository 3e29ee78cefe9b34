using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities.Tests;

public sealed class MetricThresholdTests
{
    [Theory]
    [InlineData("""{ "value": 4.2 }""", StepVerdict.Passed, "satisfaction: 'result >= 4.0' holds: result 4.2.")]
    [InlineData("""{ "value": 3.9 }""", StepVerdict.Failed, "satisfaction: the success condition 'result >= 4.0' does not hold: result 3.9.")]
    [InlineData("""{ "value": "NaN" }""", StepVerdict.Errored, "satisfaction: 'result >= 4.0' cannot be decided: result NaN.")]
    [InlineData("""{ }""", StepVerdict.Errored, "satisfaction: source status: the answer has no 'value'.")]
    [InlineData("""nonsense""", StepVerdict.Errored, "satisfaction: source status: the answer was not JSON.")]
    public async Task Threshold_Answer_IsJudged(string json, StepVerdict verdict, string message)
    {
        await using var server = await LoopbackServer.StartAsync(json);
        using var rig = RigOn(server);

        var result = await rig.StepAsync(Request(new { metric = "satisfaction", successCondition = "result >= 4.0" }));

        Assert.Equal((verdict, message), (result.Verdict, result.Message));
    }

    [Fact]
    public async Task Threshold_Outputs_AreValueAndSamples()
    {
        await using var server = await LoopbackServer.StartAsync("""{ "value": 4.2, "count": 31 }""");
        using var rig = RigOn(server);

        var result = await rig.StepAsync(Request(new { metric = "satisfaction", successCondition = "result >= 4.0" }));

        Assert.Equal((4.2, 31d), (result.Outputs["value"].GetDouble(), result.Outputs["samples"].GetDouble()));
    }

    [Fact]
    public async Task Threshold_TooFewSamples_IsErrored()
    {
        await using var server = await LoopbackServer.StartAsync("""{ "value": 4.2, "count": 31 }""");
        using var rig = RigOn(server);

        var result = await rig.StepAsync(Request(new { metric = "satisfaction", failureCondition = "result < 4.0", minSampleSize = 50 }));

        Assert.Equal((StepVerdict.Errored, "satisfaction: 31 samples, 50 needed."), (result.Verdict, result.Message));
    }

    [Fact]
    public async Task Threshold_WithoutACondition_IsErroredAndAsksNobody()
    {
        await using var server = await LoopbackServer.StartAsync("""{ "value": 4.2 }""");
        using var rig = RigOn(server);

        Assert.Equal(StepVerdict.Errored, (await rig.StepAsync(Request(new { metric = "satisfaction" }))).Verdict);
        Assert.Empty(server.Requests);
    }

    private static StepRig RigOn(LoopbackServer server) =>
        new(services => services.AddSingleton(new MetricSourceOptions { Json = new Dictionary<string, JsonHttpSource> { ["status"] = new() { Url = server.Address } } }));

    private static StepRequest Request(object with) => StepRig.Request("metric/threshold", with) with
    {
        Metrics = new Dictionary<string, Metric> { ["satisfaction"] = new() { Source = "status", Value = "value", Samples = "count" } },
    };
}
