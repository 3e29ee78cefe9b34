using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace RolloutWorkflows.Host.Tests;

/// <summary>The real server on a free loopback port and a folder of its own.</summary>
public sealed class RunningHost : IAsyncDisposable
{
    private readonly WebApplication app;

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

    /// <summary>Stops the server and keeps its folder, for a second one on the same data.</summary>
    public async Task StopAsync()
    {
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
