using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host.Tests.Hostile;

/// <summary>What somebody sends who means harm.</summary>
public sealed class HostileInputTests : IAsyncLifetime
{
    private RunningHost host = null!;

    public async ValueTask InitializeAsync() => host = await RunningHost.StartAsync(SamplePlaybooks.Prepare);

    public async ValueTask DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task Approval_SentAgain_CountsOnceAndGetsTheSameAnswer()
    {
        var (runId, approvalId) = await AskingRunAsync();

        var first = await AnswerAsync(runId, new { @as = "grace", approvalId, commandId = "a-1" });
        var again = await AnswerAsync(runId, new { @as = "grace", approvalId, commandId = "a-1" });

        Assert.Equal(first, again);
        Assert.Single((await host.DetailsAsync(runId)).Timeline, entry => entry.CommandId == "a-1");
    }

    [Fact]
    public async Task Approval_OfARunThatWentOn_IsRefused()
    {
        var (runId, approvalId) = await AskingRunAsync();
        await AnswerAsync(runId, new { @as = "grace", approvalId });
        await host.WaitForAsync(runId, details => details.Run.State == RunState.Succeeded, "success");

        using var answer = await host.CommandAsync(runId, "approve", new { @as = "grace", approvalId });

        // By the run where it hears of it while it ends, by the server afterwards.
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains((await RunningHost.ProblemAsync(answer)).Code, new[] { "run-ended", "command-refused" });
    }

    [Fact]
    public async Task Approval_OfOneRun_DoesNotApproveAnother()
    {
        var (_, approvalId) = await AskingRunAsync();
        var (other, _) = await AskingRunAsync("other");

        using var answer = await host.CommandAsync(other, "approve", new { @as = "grace", approvalId });

        Assert.Equal("command-refused", (await RunningHost.ProblemAsync(answer)).Code);
        Assert.Empty(Assert.Single((await host.DetailsAsync(other)).Run.OpenApprovals).Votes);
    }

    [Fact]
    public async Task Event_ForgedByAnAdmin_ReachesNoRun()
    {
        var (runId, approvalId) = await AskingRunAsync();
        using (var answer = await host.As("root", KeyRole.Admin).PostAsJsonAsync($"/runtime/webhooks/durabletask/instances/{runId}/raiseEvent/{OrchestrationNames.CommandEvent}", new { verb = "approve", actor = "grace", approvalId, commandId = "forged" }))
            Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);

        var after = await host.DetailsAsync(runId);
        Assert.DoesNotContain(after.Timeline, entry => entry.CommandId == "forged");
        Assert.Empty(Assert.Single(after.Run.OpenApprovals).Votes);
    }

    [Fact]
    public async Task Reason_WithScriptAndLineBreaks_IsDataEverywhereAndNoLogLine()
    {
        const string hostile = "<script>alert(1)</script>\n00:00:00.000 crit: forged[0] all keys were stolen";
        await host.StopAsync();
        await using var talkative = await RunningHost.StartAsync(change: settings => settings with { LogLevel = LogLevel.Trace }, folder: host.Folder);
        using var log = new CollectingLog();
        talkative.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        var runId = await talkative.StartRunAsync("tiny", "ada");
        await talkative.WaitForAsync(runId, details => details.Run.OpenApprovals.Count == 1, "an open approval");

        using (var answer = await talkative.CommandAsync(runId, "annotate", new { @as = "grace", reason = hostile, commandId = "n-1" })) Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using (var answer = await talkative.Http.GetAsync("/flags/a%0d%0a00:00:00.000%20crit:%20forged")) Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        using (var answer = await talkative.Http.GetAsync($"/api/rollouts/{runId}"))
        {
            // Whatever stands in it, no browser takes it for a page.
            Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        }

        Assert.Equal(hostile, Assert.Single((await talkative.DetailsAsync(runId)).Timeline, entry => entry.CommandId == "n-1").Reason);
        await talkative.StopAsync();
        Assert.NotEmpty(log.Lines);
        Assert.DoesNotContain(log.Lines, line => line.Contains("forged", StringComparison.Ordinal) && line.Contains('\n', StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Contains("stolen", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Post_FromAnotherSiteAsPlainText_ChangesNothing()
    {
        using var body = new StringContent("""{ "playbook": "tiny" }""", Encoding.UTF8, "text/plain");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/rollouts") { Content = body };
        request.Headers.TryAddWithoutValidation("Origin", "http://attacker.example");

        using var answer = await host.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Empty((await host.Http.GetFromJsonAsync<RolloutPage>("/api/rollouts", ApiJson.Options))!.Items);
    }

    [Fact]
    public async Task Body_ThatIsCompressed_IsNotUnpacked()
    {
        using var content = new ByteArrayContent([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        content.Headers.TryAddWithoutValidation("Content-Encoding", "gzip");

        using var answer = await host.Http.PostAsync("/api/rollouts", content);

        Assert.Equal("bad-request", (await RunningHost.ProblemAsync(answer)).Code);
    }

    [Fact]
    public void Connection_ThatSendsTooSlowly_IsGivenUp()
    {
        var limits = host.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;

        Assert.True(limits.MinRequestBodyDataRate is { BytesPerSecond: >= 100 }, "a body that trickles in is given up");
        Assert.InRange(limits.RequestHeadersTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Assert.InRange(limits.MaxRequestHeadersTotalSize, 1, 64 * 1024);
        Assert.Equal(JsonBody.MaximumBytesRead, limits.MaxRequestBodySize);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a/../../b")]
    [InlineData("bar\nbaz")]
    [InlineData("\u001b[31m")]
    public async Task Input_ThatMakesAFlagNameAPath_StartsNothing(string flag)
    {
        using var answer = await host.Http.PostAsJsonAsync("/api/rollouts", new { playbook = "tiny", inputs = new { flag } });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Empty((await host.Http.GetFromJsonAsync<RolloutPage>("/api/rollouts", ApiJson.Options))!.Items);
    }

    private async Task<string> AnswerAsync(string runId, object body)
    {
        using var answer = await host.CommandAsync(runId, "approve", body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task<(string RunId, string ApprovalId)> AskingRunAsync(string flag = "bar")
    {
        var runId = await host.StartRunAsync("tiny", "ada", new { flag });
        var asking = await host.WaitForAsync(runId, details => details.Run.OpenApprovals.Count == 1, "an open approval");
        return (runId, asking.Run.OpenApprovals[0].ApprovalId);
    }
}
