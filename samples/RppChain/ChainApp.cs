using System.Text.Json;

namespace RppChain;

/// <summary>The chain's operators' API. All time is the given clock's, so that tests run it on virtual time.</summary>
internal static class ChainApp
{
    public static (WebApplication App, Chain Chain) Build(ChainOptions options, TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(options.Urls);
        var app = builder.Build();
        var chain = new Chain(options, time);
        var announcements = new List<string>();

        app.MapGet("/health", () => Results.Json(new { status = "ok" }));
        app.MapGet("/metrics.json", () => Results.Json(new { chain = chain.Measure() }));
        app.MapGet("/api/v1/alerts", () => Results.Json(new { status = "success", data = new { alerts = Alerts(chain, time) } }));

        app.MapGet("/nodes/{node}/config", (string node) => chain.ProblemOf(node) is { } problem ? Results.Json(new { problem }, statusCode: 422) : Results.Json(new { ok = true }));
        app.MapGet("/clusters", () => Results.Json(chain.Releases));
        app.MapPut("/clusters/{cluster}/release", (string cluster, JsonElement body) => chain.Deploy(cluster, body.GetProperty("release").GetString()!) ? Results.NoContent() : Results.NotFound());
        app.MapGet("/clusters/{cluster}/provisioning", (string cluster) => Results.Json(new { cluster, ready = chain.CanProvision }));
        app.MapDelete("/clusters/{cluster}/release", (string cluster) => chain.DeployPrevious(cluster) ? Results.NoContent() : Results.NotFound());

        app.MapGet("/governance", () => Results.Json(new { frozen = chain.IsFrozen }));
        app.MapPut("/governance/freeze", () => Freeze(chain, true));
        app.MapDelete("/governance/freeze", () => Freeze(chain, false));
        app.MapPost("/governance/proposals", () => chain.IsFrozen ? Results.Json(new { problem = "proposals are frozen" }, statusCode: 423) : Results.StatusCode(201));
        AddStorage(app, chain);

        app.MapPost("/announcements", (JsonElement announcement) =>
        {
            lock (announcements) announcements.Add(announcement.GetRawText());
            return Results.NoContent();
        });
        app.MapGet("/announcements", () =>
        {
            lock (announcements) return Results.Json(announcements.ToArray());
        });
        app.MapPut("/faults/{name}", (string name) => chain.SetFault(name, on: true) ? Results.NoContent() : Results.NotFound());
        app.MapDelete("/faults/{name}", (string name) => chain.SetFault(name, on: false) ? Results.NoContent() : Results.NotFound());
        return (app, chain);
    }

    private static void AddStorage(WebApplication app, Chain chain)
    {
        app.MapGet("/storage/state", () => chain.WithStorage(storage => Results.Json(new { root = storage.Root, replayed = storage.IsReplayed })));
        app.MapPost("/storage/restore", (JsonElement body) => chain.WithStorage(storage => storage.Restore(body.GetProperty("root").GetString()!)) ? Results.NoContent() : Results.NotFound());
        app.MapPost("/storage/replay", () => chain.WithStorage(storage => storage.Replay()) ? Results.NoContent() : Results.Json(new { problem = "the state below the log is damaged" }, statusCode: 409));
        app.MapPost("/proofs/verify", () => chain.WithStorage(storage => storage.IsWhole) ? Results.NoContent() : Results.Json(new { problem = "proofs do not hold" }, statusCode: 409));
    }

    private static IResult Freeze(Chain chain, bool frozen)
    {
        chain.IsFrozen = frozen;
        return Results.NoContent();
    }

    /// <summary>As Prometheus lists them. The watchdog always fires: where it does not, alerting is dead.</summary>
    private static List<object> Alerts(Chain chain, TimeProvider time)
    {
        return [.. chain.IsAlertingArmed ? new[] { Alert("Watchdog", "none") } : [], .. chain.Pages.Select(name => Alert(name, "page"))];

        object Alert(string name, string severity) => new
        {
            labels = new { alertname = name, severity },
            annotations = new { },
            state = "firing",
            activeAt = time.GetUtcNow().ToString("O"),
            value = "1",
        };
    }
}
