using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace RolloutWorkflows.Cli.Tests.Killing;

/// <summary>What the killed runs act on: it counts requests and their effects by idempotency key, and can hold back, lose or refuse them.</summary>
internal sealed class TargetService : IAsyncDisposable
{
    public const string Deploy = "/deploy";
    public const string Undeploy = "/undeploy";
    public const string Status = "/status.json";

    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, HeldAnswer> holds = new();
    private readonly Lock counting = new();
    private readonly List<ReceivedRequest> received = [];

    private TargetService(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.Single());

    /// <summary>What its metric reads.</summary>
    public double ErrorRate { get; set; }

    /// <summary>While true, the undo is answered by 503 and does nothing.</summary>
    public bool RefusesUndo { get; set; }

    /// <summary>Every request that was to change something, in order.</summary>
    public IReadOnlyList<ReceivedRequest> Received
    {
        get
        {
            lock (counting) return [.. received];
        }
    }

    public static async Task<TargetService> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var service = new TargetService(app);
        app.MapGet(Status, service.AnswerStatusAsync);
        foreach (var path in new[] { Deploy, Undeploy })
        {
            app.MapPost(path, service.ChangeAsync);
            app.MapGet(path, context => service.ReadBackAsync(context, path));
        }

        await app.StartAsync();
        return service;
    }

    /// <summary>The next request to this path gets no answer before the test lets it.</summary>
    /// <param name="path">One of the paths above.</param>
    /// <param name="isLost">True: the request does nothing, as though it never came in.</param>
    public HeldAnswer HoldNext(string path, bool isLost = false) => holds[path] = new HeldAnswer(isLost);

    public async ValueTask DisposeAsync()
    {
        foreach (var hold in holds.Values) hold.LetGo();
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
    }

    private async Task AnswerStatusAsync(HttpContext context)
    {
        if (holds.TryRemove(Status, out var hold)) await hold.HoldAsync(context.RequestAborted);
        await context.Response.WriteAsJsonAsync(new { errorRate = ErrorRate });
    }

    private async Task ChangeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        var isHeld = holds.TryRemove(path, out var hold);
        var refuses = path == Undeploy && RefusesUndo;
        lock (counting)
        {
            var key = context.Request.Headers["Idempotency-Key"].ToString();
            var isFirst = !received.Exists(other => other.Key == key && other.HadEffect);
            received.Add(new ReceivedRequest(path, key, HadEffect: isFirst && !refuses && hold is not { IsLost: true }));
        }

        if (isHeld) await hold!.HoldAsync(context.RequestAborted);
        context.Response.StatusCode = refuses ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
    }

    private Task ReadBackAsync(HttpContext context, string path)
    {
        context.Response.StatusCode = Received.Any(request => request.Path == path && request.HadEffect) ? StatusCodes.Status200OK : StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
