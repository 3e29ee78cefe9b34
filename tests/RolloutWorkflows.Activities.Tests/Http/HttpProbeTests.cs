using Microsoft.AspNetCore.Http;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities.Tests;

public sealed class HttpProbeTests : IDisposable
{
    private readonly StepRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Theory]
    [InlineData(200, 200, null, StepVerdict.Passed)]
    [InlineData(204, 200, null, StepVerdict.Failed)]
    [InlineData(404, 404, null, StepVerdict.Passed)]
    [InlineData(302, 302, null, StepVerdict.Passed)]
    [InlineData(500, 200, null, StepVerdict.Failed)]
    [InlineData(200, 200, "well", StepVerdict.Passed)]
    [InlineData(200, 200, "ill", StepVerdict.Failed)]
    public async Task Probe_Answer_IsComparedWithWhatIsExpected(int status, int expectStatus, string? expectBody, StepVerdict expected)
    {
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "/elsewhere";
            return status == 204 ? Task.CompletedTask : context.Response.WriteAsync("all is well");
        });

        var result = await _rig.StepAsync("http/probe", new { url = server.Address + "health", expectStatus, expectBody });

        Assert.Equal(expected, result.Verdict);
        Assert.Equal(status, result.Outputs["status"].GetInt32());
        Assert.Equal(["GET /health"], server.Requests);
    }

    [Fact]
    public async Task Probe_WrongAnswer_SaysWhatCameAndLeavesTheQueryOut()
    {
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        });

        var result = await _rig.StepAsync("http/probe", new { url = server.Address + "health?key=secret" });

        Assert.Equal($"{server.Address}health answered 503; expected 200.", result.Message);
    }

    [Fact]
    public async Task Probe_NobodyListens_IsErrored()
    {
        var address = await LoopbackServer.NobodyAsync();

        var result = await _rig.StepAsync("http/probe", new { url = address });

        Assert.Equal((StepVerdict.Errored, $"{address}: the connection was refused."), (result.Verdict, result.Message));
    }

    [Fact]
    public async Task Probe_ServerStaysSilent_IsErroredAfterTheTimeout()
    {
        await using var server = await LoopbackServer.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));

        var result = await _rig.StepAsync("http/probe", new { url = server.Address, timeout = "50ms" });

        Assert.Equal((StepVerdict.Errored, $"{server.Address}: no answer within 50ms."), (result.Verdict, result.Message));
    }

    [Fact]
    public async Task Probe_StepsOwnTimeoutIsShorter_IsErroredByThat()
    {
        await using var server = await LoopbackServer.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));

        var result = await _rig.StepAsync(StepRig.Request("http/probe", new { url = server.Address }) with { Timeout = TimeSpan.FromMilliseconds(50) });

        Assert.Equal((StepVerdict.Errored, "http/probe did not finish within 50ms."), (result.Verdict, result.Message));
    }

    [Fact]
    public async Task Probe_MethodAndHeaders_AreSent()
    {
        string? got = null;
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            got = context.Request.Headers["X-Probe"];
            return Task.CompletedTask;
        });

        var result = await _rig.StepAsync("http/probe", new { url = server.Address, method = "HEAD", headers = new Dictionary<string, string> { ["X-Probe"] = "yes" } });

        Assert.Equal((StepVerdict.Passed, "yes"), (result.Verdict, got));
        Assert.Equal(["HEAD /"], server.Requests);
    }
}
