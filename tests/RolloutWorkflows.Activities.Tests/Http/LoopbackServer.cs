using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace RolloutWorkflows.Activities.Tests;

/// <summary>A real HTTP server on a free loopback port that answers with whatever the test says.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LoopbackServer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    /// <summary>What was asked for, in order: method and path.</summary>
    public List<string> Requests { get; } = [];

    public static async Task<LoopbackServer> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new LoopbackServer(app);
        app.Run(context =>
        {
            lock (server.Requests) server.Requests.Add($"{context.Request.Method} {context.Request.Path}");
            return answer(context);
        });
        await app.StartAsync();
        return server;
    }

    /// <summary>Answers every request with this JSON text.</summary>
    public static Task<LoopbackServer> StartAsync(string json) => StartAsync(context =>
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json);
    });

    /// <summary>An address at which nothing listens.</summary>
    public static async Task<Uri> NobodyAsync()
    {
        await using var server = await StartAsync("{}");
        return server.Address;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }
}
