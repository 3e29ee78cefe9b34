using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace RolloutWorkflows.Host.Tests;

/// <summary>The real server on a free loopback port and a folder of its own.</summary>
public sealed class RunningHost : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>Whose key is sent where a test does not say.</summary>
    private const string Usual = "ada";

    private readonly WebApplication app;
    private readonly Dictionary<(KeyOwner Owner, KeyRole Role), HttpClient> clients = [];
    private bool stopped;

    private RunningHost(WebApplication app, TemporaryFolder folder)
    {
        this.app = app;
        Folder = folder;
    }

    public TemporaryFolder Folder { get; }

    /// <summary>Sends the key of an operator, ada.</summary>
    public HttpClient Http => As(Usual);

    public Uri Address => new(app.Urls.First());

    /// <summary>Where it listens, for webhooks alone last.</summary>
    public IReadOnlyList<Uri> Addresses => [.. app.Urls.Select(url => new Uri(url))];

    public IServiceProvider Services => app.Services;

    /// <summary>The keys of this server; what a test changes in the file, the server notices.</summary>
    public KeyFile Keys => Services.GetRequiredService<KeyFile>();

    public static async Task<RunningHost> StartAsync(Action<TemporaryFolder>? prepare = null, Func<HostSettings, HostSettings>? change = null, TemporaryFolder? folder = null)
    {
        folder ??= new TemporaryFolder();
        prepare?.Invoke(folder);
        var settings = new HostSettings { Root = folder.Path, Urls = "http://127.0.0.1:0", LogLevel = LogLevel.Critical };
        var app = RolloutHost.Build(change?.Invoke(settings) ?? settings);
        await app.StartAsync();
        return new RunningHost(app, folder);
    }

    /// <summary>A client that sends a person's key, made at the first use; the same client each time.</summary>
    public HttpClient As(string person, KeyRole role = KeyRole.Operator) => As(new KeyOwner(person, IsService: false), role);

    /// <summary>A client with the key of the person whom a body names with <c>as</c>, or of ada.</summary>
    public HttpClient AsNamedIn(object body, KeyRole role = KeyRole.Operator) => As((string?)JsonSerializer.SerializeToNode(body)!["as"] ?? Usual, role);

    public HttpClient AsService(string service, KeyRole role = KeyRole.Operator) => As(new KeyOwner(service, IsService: true), role);

    /// <summary>A client that sends this key, or none.</summary>
    public HttpClient With(string? key)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = Address };
        if (key is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    public async Task<JsonElement> GetJsonAsync(string path) => await Http.GetFromJsonAsync<JsonElement>(path);

    public static async Task<ApiProblem> ProblemAsync(HttpResponseMessage answer)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        return (await answer.Content.ReadFromJsonAsync<ApiProblem>(ApiJson.Options))!;
    }

    public async Task<string> StartRunAsync(string playbook, string actor, object? inputs = null)
    {
        using var answer = await As(actor).PostAsJsonAsync("/api/rollouts", new { playbook, @as = actor, reason = "a test", inputs = inputs ?? new { } });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        var started = (await answer.Content.ReadFromJsonAsync<StartRolloutAnswer>(ApiJson.Options))!;
        Assert.Equal($"/api/rollouts/{started.RunId}", answer.Headers.Location?.OriginalString);
        return started.RunId;
    }

    /// <summary>Sends a command with the key of the person whom the body names with <c>as</c>, or of ada.</summary>
    public Task<HttpResponseMessage> CommandAsync(string runId, string command, object body) =>
        AsNamedIn(body).PostAsJsonAsync($"/api/rollouts/{runId}/commands/{command}", body);

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
        foreach (var client in clients.Values) client.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Folder.Dispose();
    }

    private HttpClient As(KeyOwner owner, KeyRole role)
    {
        lock (clients)
        {
            if (clients.TryGetValue((owner, role), out var known)) return known;
            return clients[(owner, role)] = With(Keys.Add(owner, role).Text);
        }
    }
}
