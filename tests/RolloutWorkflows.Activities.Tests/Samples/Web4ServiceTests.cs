using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Web4Service;

namespace RolloutWorkflows.Activities.Tests.Samples;

/// <summary>The sample service as a process of its own, asking a real flag endpoint.</summary>
public sealed class Web4ServiceTests
{
    private const string Flag = "intent_bar_v1_rollout";

    [Fact]
    public async Task Process_FaultInTheTenPercentCohort_ShowsOnlyOnceTheFlagReachesIt()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var flags = new InMemoryFlagStore(TimeProvider.System);
        await using var server = await LoopbackServer.StartAsync(context => EvaluateAsync(context, flags));
        using var service = await RunningService.StartAsync($"--flags {server.Address} --traffic 400 --fault ten-percent --window 500ms");

        await SetAsync(flags, FlagEdit.Canary(Flag, FlagCanary.Of(true, ["ada", "grace"])));
        await SetAsync(flags, FlagEdit.Percent(Flag, 1));
        var atOne = await service.WaitForStatusAsync(status => status.Ops.Requests >= 20, cancellation);
        Assert.Equal(0, atOne.Ops.ErrorRate);
        Assert.True(atOne.Satisfaction > 4 && atOne.CompletionRate > 0.7 && atOne.RetentionRate > 0.6, $"{atOne}");

        await SetAsync(flags, FlagEdit.Percent(Flag, 10));
        var atTen = await service.WaitForStatusAsync(status => status.Ops.ErrorRate > 0.05, cancellation);
        Assert.True(atTen.Ops.Requests > 0);

        await SetAsync(flags, FlagEdit.Percent(Flag, 0));
        await service.WaitForStatusAsync(status => status.Ops is { ErrorRate: 0, Requests: > 0 }, cancellation);
        Assert.Contains("web4_requests_total{bar=\"new\",outcome=\"error\"}", await service.Http.GetStringAsync("/metrics", cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_StandardInputEnds_EndsWithZero()
    {
        using var service = await RunningService.StartAsync("");

        service.Process.StandardInput.Close();
        await service.Process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, service.Process.ExitCode);
    }

    [Fact]
    public async Task Process_FlagServerIsAway_ServesTheOldBar()
    {
        using var service = await RunningService.StartAsync($"--flags {await LoopbackServer.NobodyAsync()}");

        using var response = await service.Http.GetAsync("/?user=ada", TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, "old"), (response.StatusCode, response.Headers.GetValues(IntentBar.Header).Single()));
    }

    [Fact]
    public async Task Process_Announcements_ShowThoseToUsers()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var service = await RunningService.StartAsync("");

        using var users = await service.Http.PostAsJsonAsync("/banner", new { text = "New Feature Available", audience = "users" }, cancellation);
        using var team = await service.Http.PostAsJsonAsync("/banner", new { text = "for the team", audience = "team" }, cancellation);
        using var nonsense = await service.Http.PostAsJsonAsync("/banner", new { words = "none" }, cancellation);

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent, HttpStatusCode.BadRequest), (users.StatusCode, team.StatusCode, nonsense.StatusCode));
        Assert.Equal("New Feature Available\nSearch\n", await service.Http.GetStringAsync("/?user=ada", cancellation));
    }

    private static async Task EvaluateAsync(HttpContext context, InMemoryFlagStore flags)
    {
        var name = context.Request.Path.Value!.Split('/')[2];
        if (await flags.FindAsync(name) is not { } flag) context.Response.StatusCode = 404;
        else await context.Response.WriteAsJsonAsync(FlagEvaluator.Explain(flag, context.Request.Query["user"].ToString()), JsonSerializerOptions.Web);
    }

    private static async Task SetAsync(InMemoryFlagStore flags, Func<FlagState?, FlagState> edit) =>
        await flags.ChangeAsync(new FlagChange { Flag = Flag, Actor = "ada", Apply = edit });

    /// <summary>Ends the service by ending its standard input, and for certain when disposed.</summary>
    private sealed class RunningService(Process process, HttpClient http) : IDisposable
    {
        public Process Process => process;

        public HttpClient Http => http;

        public static async Task<RunningService> StartAsync(string arguments)
        {
            var program = Path.Combine(AppContext.BaseDirectory, "web4-service.dll");
            var process = Process.Start(new ProcessStartInfo("dotnet", $"\"{program}\" --urls http://127.0.0.1:0 --exit-with-stdin {arguments}")
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            })!;
            var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            Assert.StartsWith("web4-service listens on http://127.0.0.1:", line, StringComparison.Ordinal);
            return new RunningService(process, new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(line!.Split(' ')[^1]) });
        }

        /// <summary>Asks for the status until it is as wanted.</summary>
        public async Task<StatusDocument> WaitForStatusAsync(Func<StatusDocument, bool> wanted, CancellationToken cancellation)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            patience.CancelAfter(TimeSpan.FromSeconds(60));
            while (true)
            {
                var status = (await http.GetFromJsonAsync<StatusDocument>("/ops/status.json", patience.Token))!;
                if (wanted(status)) return status;
                await Task.Delay(TimeSpan.FromMilliseconds(20), patience.Token);
            }
        }

        public void Dispose()
        {
            http.Dispose();
            if (!process.HasExited) process.Kill();
            process.Dispose();
        }
    }
}
