using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities.Tests;

public sealed class MeasureGuardrailsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Guardrail Errors = new() { Name = "errors", Metric = "error-rate", FailureCondition = "result > 5%" };

    [Fact]
    public async Task Measure_SeveralGuardrails_AsksEachSourceOnceAndStoresRows()
    {
        await using var one = await LoopbackServer.StartAsync("""{ "rate": 0.06, "count": 50, "p95": 80 }""");
        await using var two = await LoopbackServer.StartAsync("""{ "p95": 100 }""");
        using var rig = RigOn(one.Address, two.Address);
        var latency = new Guardrail { Name = "latency", Metric = "p95", FailureCondition = "result > baseline * 1.2", Baseline = new Baseline { Metric = "control" } };

        var measurements = await MeasureAsync(rig, [latency, Errors]);

        Assert.Equal(["latency", "errors"], measurements.Select(measurement => measurement.Guardrail));
        Assert.Equal((MeasurementVerdict.Passed, 80d, 100d), (measurements[0].Verdict, measurements[0].Value, measurements[0].Baseline));
        Assert.Equal((MeasurementVerdict.Failed, 0.06, 50d), (measurements[1].Verdict, measurements[1].Value, measurements[1].Samples));
        Assert.Single(one.Requests);
        Assert.Single(two.Requests);
        Assert.Equal(2, (await rig.Measurements.FindAsync("run", "one", 1, Noon)).Count);
    }

    [Fact]
    public async Task Measure_Redelivered_ReturnsTheStoredRowsWithoutAsking()
    {
        var rate = 0.06;
        await using var server = await LoopbackServer.StartAsync(context => context.Response.WriteAsync(JsonSerializer.Serialize(new { rate })));
        using var rig = RigOn(server.Address);
        var first = await MeasureAsync(rig, [Errors]);
        rate = 0;

        var again = await MeasureAsync(rig, [Errors]);

        Assert.Equal(first, again);
        Assert.Equal(MeasurementVerdict.Failed, again[0].Verdict);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Measure_RedeliveredHalfStored_MeasuresTheRestOnly()
    {
        await using var server = await LoopbackServer.StartAsync("""{ "rate": 0.06, "p95": 80 }""");
        using var rig = RigOn(server.Address);
        await MeasureAsync(rig, [Errors]);

        var both = await MeasureAsync(rig, [Errors, new Guardrail { Name = "latency", Metric = "p95", SuccessCondition = "result < 100" }]);

        Assert.Equal([MeasurementVerdict.Failed, MeasurementVerdict.Passed], both.Select(measurement => measurement.Verdict));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Measure_NextGridPoint_IsMeasuredAnew()
    {
        await using var server = await LoopbackServer.StartAsync("""{ "rate": 0.06 }""");
        using var rig = RigOn(server.Address);

        await MeasureAsync(rig, [Errors]);
        await MeasureAsync(rig, [Errors], Noon.AddMinutes(1));

        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Measure_WhatCannotBeAsked_IsAnErrorWithTheReason()
    {
        using var rig = RigOn(await LoopbackServer.NobodyAsync());
        var unknown = new Guardrail { Name = "unknown", Metric = "never-defined", FailureCondition = "result > 1" };
        var nowhere = new Guardrail { Name = "nowhere", Metric = "control", FailureCondition = "result > 1" };

        var measurements = await MeasureAsync(rig, [Errors, unknown, nowhere]);

        Assert.All(measurements, measurement => Assert.Equal(MeasurementVerdict.Error, measurement.Verdict));
        Assert.Equal(
            [
                "source status: the connection was refused",
                "the playbook has no metric 'never-defined'",
                "the host's configuration has no metric source 'control'; known: status",
            ],
            measurements.Select(measurement => measurement.Message));
    }

    [Fact]
    public async Task Measure_NaN_IsStoredAndSurvivesTheWayThroughHistory()
    {
        await using var server = await LoopbackServer.StartAsync("""{ "rate": "NaN" }""");
        using var rig = RigOn(server.Address);

        var measurement = (await MeasureAsync(rig, [Errors]))[0];

        Assert.Equal(MeasurementVerdict.Inconclusive, measurement.Verdict);
        Assert.Equal(measurement, JsonSerializer.Deserialize<Measurement>(JsonSerializer.Serialize(measurement)));
    }

    [Theory]
    [InlineData(200, MeasurementVerdict.Passed)]
    [InlineData(503, MeasurementVerdict.Failed)]
    public async Task Measure_RepeatedCheck_RunsTheChecksOwnCode(int status, MeasurementVerdict expected)
    {
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        using var rig = RigOn(server.Address);

        var measurement = (await MeasureAsync(rig, [Repeat("http/probe", new { url = server.Address + "health" })]))[0];

        Assert.Equal(expected, measurement.Verdict);
        Assert.Equal(["GET /health"], server.Requests);
    }

    [Fact]
    public async Task Measure_RepeatedScenario_SendsOtherKeysAtEachGridTimeAndTheSameOnesAgainForOne()
    {
        var keys = new List<string?>();
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            lock (keys) keys.Add(context.Request.Headers["Idempotency-Key"]);
            await context.Response.CompleteAsync();
        });
        using var rig = RigOn(server.Address);
        var scenario = Repeat("scenario/repeat", new { url = server.Address, times = 2 });

        await MeasureAsync(rig, [scenario], Noon);
        await MeasureAsync(rig, [scenario], Noon.AddMinutes(5));
        Assert.Equal(4, keys.Distinct().Count());

        await MeasureAsync(rig, [scenario], Noon);
        Assert.Equal(4, keys.Distinct().Count());
    }

    [Theory]
    [InlineData("http/probe", "{}", MeasurementVerdict.Error, "http/probe cannot run as configured: with.url is missing.")]
    [InlineData("manual/confirm", """{ "prompt": "all well?" }""", MeasurementVerdict.Inconclusive, "all well?")]
    public async Task Measure_CheckThatGivesNoAnswer_SaysSo(string uses, string with, MeasurementVerdict expected, string message)
    {
        using var rig = RigOn(new Uri("http://127.0.0.1:1/"));

        var measurement = (await MeasureAsync(rig, [Repeat(uses, JsonDocument.Parse(with).RootElement)]))[0];

        Assert.Equal((expected, message), (measurement.Verdict, measurement.Message));
    }

    private static Guardrail Repeat(string uses, object with) => new() { Name = uses, Uses = uses, With = StepRig.Request(uses, with).With };

    private static StepRig RigOn(Uri status, Uri? control = null)
    {
        var sources = new Dictionary<string, JsonHttpSource> { ["status"] = new() { Url = status } };
        if (control is not null) sources.Add("control", new JsonHttpSource { Url = control });
        return new StepRig(services => services.AddSingleton(new MetricSourceOptions { Json = sources }));
    }

    private static async Task<IReadOnlyList<Measurement>> MeasureAsync(StepRig rig, IReadOnlyList<Guardrail> guardrails, DateTimeOffset? grid = null) =>
        (await rig.CallAsync<MeasureResult>(ActivityNames.Measure, new MeasureRequest
        {
            RunId = "run",
            Playbook = "web4",
            Stage = "one",
            Attempt = 1,
            Epoch = 0,
            GridTime = grid ?? Noon,
            Guardrails = guardrails,
            Metrics = new Dictionary<string, Metric>
            {
                ["error-rate"] = new() { Source = "status", Value = "rate", Samples = "count" },
                ["p95"] = new() { Source = "status", Value = "p95" },
                ["control"] = new() { Source = "control", Value = "p95" },
            },
        })).Measurements;
}
