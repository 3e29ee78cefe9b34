using Microsoft.AspNetCore.Http;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities.Tests;

/// <summary><c>scenario/repeat</c> by real programs and real requests.</summary>
public sealed class ScenarioRepeatTests : IDisposable
{
    private readonly CommandRig rig = new();

    public void Dispose() => rig.Dispose();

    [Fact]
    public async Task Command_NeverFails_PassesAndKnowsItsIteration()
    {
        rig.Allow("transfers", "echo $SCENARIO_ITERATION $1 >> runs");
        var result = await rig.ToEndAsync(CommandRig.Request("scenario/repeat", new { command = "transfers", times = 12, parallel = 3, arguments = new[] { "n{iteration}" } }));
        Assert.Equal(StepVerdict.Passed, result.Verdict);
        Assert.Equal(Enumerable.Range(1, 12).Select(number => $"{number} n{number}").Order(), rig.LinesOf("runs").Order());
    }

    [Fact]
    public async Task Failure_BeyondTheLimit_StopsThereAndSaysWhy()
    {
        rig.Allow("transfers", "echo x >> runs; [ $SCENARIO_ITERATION -lt 4 ] || { echo nonce 7 skipped; exit 1; }");
        var result = await rig.ToEndAsync(CommandRig.Request("scenario/repeat", new { command = "transfers", times = 100 }));
        Assert.Equal((StepVerdict.Failed, 4), (result.Verdict, rig.LinesOf("runs").Length));
        Assert.Contains("failed once in 4 of 100 runs; at most 0 may. run 4: ended with 1: nonce 7 skipped", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failures_WithinTheLimit_Pass()
    {
        rig.Allow("transfers", "[ $SCENARIO_ITERATION -gt 2 ]");
        var result = await rig.ToEndAsync(CommandRig.Request("scenario/repeat", new { command = "transfers", times = 5, maxFailures = 2 }));
        Assert.Equal((StepVerdict.Passed, 2), (result.Verdict, result.Outputs["failures"].GetInt32()));
    }

    [Fact]
    public async Task Progress_IsShownAndKept_SoThatACrashGoesOnThere()
    {
        rig.Allow("transfers", "echo $SCENARIO_ITERATION >> runs");
        var request = CommandRig.Request("scenario/repeat", new { command = "transfers", times = 100, parallel = 2 });
        var first = await rig.Rig.StepAsync(request);
        Assert.Equal((StepVerdict.Waiting, 100), (first.Verdict, first.Progress!.Of));
        Assert.InRange(first.Progress.Done, 2, 6);
        Assert.StartsWith($"{first.Progress.Done} of 100 runs of transfers", first.Message, StringComparison.Ordinal);

        await rig.RestartAsync();
        var result = await rig.ToEndAsync(request with { Kept = first.Keep });
        Assert.Equal(StepVerdict.Passed, result.Verdict);
        Assert.Equal(100, rig.LinesOf("runs").Distinct().Count());
        Assert.Equal(100, rig.LinesOf("runs").Length);
    }

    [Fact]
    public async Task Request_CarriesIterationAndAKeyOfItsOwn()
    {
        var seen = new List<string>();
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            lock (seen) seen.Add($"{context.Request.Path}{context.Request.QueryString} {reader.ReadToEndAsync().Result} {context.Request.Headers["Idempotency-Key"]}");
            context.Response.StatusCode = 201;
            await context.Response.CompleteAsync();
        });
        var with = new { url = $"{server.Address}transfers/{{iteration}}?n={{iteration}}", body = "{ \"nonce\": {iteration} }", expectStatus = 201, times = 3 };
        Assert.Equal(StepVerdict.Passed, (await rig.ToEndAsync(CommandRig.Request("scenario/repeat", with))).Verdict);
        Assert.Contains(seen, request => request.StartsWith("/transfers/2?n=2 { \"nonce\": 2 } run/one/1/0/step/", StringComparison.Ordinal) && request.EndsWith("/2", StringComparison.Ordinal));
        Assert.Equal(3, seen.Distinct().Count());
    }

    [Fact]
    public async Task Requests_OfTwoScenariosThatBeginAtTheSameMoment_HaveKeysOfTheirOwn()
    {
        var keys = new List<string?>();
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            lock (keys) keys.Add(context.Request.Headers["Idempotency-Key"]);
            await context.Response.CompleteAsync();
        });
        foreach (var scenario in new[] { "transfers", "burns" }) await rig.ToEndAsync(CommandRig.Request("scenario/repeat", new { url = $"{server.Address}{scenario}", times = 3 }));
        Assert.Equal(6, keys.Distinct().Count());
    }

    [Fact]
    public async Task Request_AnsweredOtherwise_Fails()
    {
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.StatusCode = 409;
            return context.Response.WriteAsync("nonce 7 was dropped");
        });
        var result = await rig.ToEndAsync(CommandRig.Request("scenario/repeat", new { url = $"{server.Address}transfers", times = 3 }));
        Assert.Equal(StepVerdict.Failed, result.Verdict);
        Assert.Contains("run 1: answered 409; expected 2xx: nonce 7 was dropped", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CommandAndUrl_NotExactlyOne_Errored(bool both)
    {
        object with = both ? new { command = "transfers", url = "http://127.0.0.1:9/", times = 1 } : new { times = 1 };
        Assert.Contains("expected either command or url", (await rig.ToEndAsync(CommandRig.Request("scenario/repeat", with))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_NotAllowed_Errored()
    {
        var result = await rig.ToEndAsync(CommandRig.Request("scenario/repeat", new { command = "rm", times = 1 }));
        Assert.Equal(StepVerdict.Errored, result.Verdict);
        Assert.Contains("allows no command 'rm'; known: none", result.Message, StringComparison.Ordinal);
    }
}
