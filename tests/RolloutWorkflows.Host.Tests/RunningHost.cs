using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace RolloutWorkflows.Host.Tests;

/// <summary>The real server on a free loopback port and a folder of its own.</summary>
public sealed class RunningHost : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly WebApplication app;
    private bool stopped;

    private RunningHost(WebApplication app, TemporaryFolder folder)
    {
        this.app = app;
        Folder = folder;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public TemporaryFolder Folder { get; }

    public HttpClient Http { get; }

    public IServiceProvider Services => app.Services;

    public static async Task<RunningHost> StartAsync(Action<TemporaryFolder>? prepare = null, Func<HostSettings, HostSettings>? change = null, TemporaryFolder? folder = null)
    {
        folder ??= new TemporaryFolder();
        prepare?.Invoke(folder);
        var settings = new HostSettings { Root = folder.Path, Urls = "http://127.0.0.1:0", LogLevel = LogLevel.Critical };
        var app = RolloutHost.Build(change?.Invoke(settings) ?? settings);
        await app.StartAsync();
        return new RunningHost(app, folder);
    }

    public async Task<JsonElement> GetJsonAsync(string path) => await Http.GetFromJsonAsync<JsonElement>(path);

    public static async Task<ApiProblem> ProblemAsync(HttpResponseMessage answer)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        return (await answer.Content.ReadFromJsonAsync<ApiProblem>(ApiJson.Options))!;
    }

    public async Task<string> StartRunAsync(string playbook, string actor, object? inputs = null)
    {
        using var answer = await Http.PostAsJsonAsync("/api/rollouts", new { playbook, @as = actor, reason = "a test", inputs = inputs ?? new { } });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        var started = (await answer.Content.ReadFromJsonAsync<StartRolloutAnswer>(ApiJson.Options))!;
        Assert.Equal($"/api/rollouts/{started.RunId}", answer.Headers.Location?.OriginalString);
        return started.RunId;
    }

    public Task<HttpResponseMessage> CommandAsync(string runId, string command, object body) =>
        Http.PostAsJsonAsync($"/api/rollouts/{runId}/commands/{command}", body);

    public async Task<RolloutDetails> DetailsAsync(string runId) =>
        (await Http.GetFromJsonAsync<RolloutDetails>($"/api/rollouts/{runId}", ApiJson.Options))!;

    /// <summary>Asks again and again until the run is as expected; what it was instead is reported after a deadline.</summary>
    public async Task<RolloutDetails> WaitForAsync(string runId, Func<RolloutDetails, bool> condition, string expected)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        RolloutDetails details;
        do
        {
            details = await DetailsAsync(runId);
            if (condition(details)) return details;
        }
        while (!deadline.IsCancellationRequested && await pace.WaitForNextTickAsync());
        throw new TimeoutException($"{runId}: expected {expected} within {Deadline}, got {details.Run.State} in stage {details.Run.Stage}: {details.Run.Because} (engine: {details.Orchestration} {details.Failure})\n" + string.Join('\n', details.Timeline.Select(entry => $"{entry.At:O} {entry.Kind} {entry.Message}")));
    }

    /// <summary>Stops the server and keeps its folder, for a second one on the same data.</summary>
    public async Task StopAsync()
    {
        if (stopped) return;
        stopped = true;
        Http.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Folder.Dispose();
    }
}
