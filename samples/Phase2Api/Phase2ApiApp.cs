using System.Text.Json;

namespace Phase2Api;

/// <summary>The gateway as a program: the same one in a process of its own and in a test.</summary>
public static class Phase2ApiApp
{
    /// <param name="options">What it is told.</param>
    /// <param name="time">Its clock.</param>
    /// <param name="switches">What decides who gets phase 2; null: the server and the file that the options name.</param>
    public static WebApplication Build(Phase2ApiOptions options, TimeProvider time, ISwitches? switches = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(options.Urls);
        builder.Services.AddSingleton(options).AddSingleton(time).AddSingleton<Faults>().AddSingleton<Runs>().AddSingleton<CallLimit>()
            .AddSingleton<Exposure>().AddSingleton<Traffic>().AddSingleton<Shims>().AddSingleton<VersionTwo>().AddSingleton<Announcements>();
        if (switches is not null) builder.Services.AddSingleton(switches);
        else builder.Services.AddSingleton<ISwitches, Switches>();

        var app = builder.Build();
        if (options.Fault is { } fault) app.Services.GetRequiredService<Faults>().Switch(fault, on: true);
        MapOne(app);
        MapTwo(app);
        app.MapGet("/version", (Exposure exposure) => Results.Json(new { version = exposure.DefaultVersion }));
        app.MapGet("/status.json", async (Traffic traffic, CancellationToken cancellation) => Results.Json(await traffic.StatusAsync(cancellation)));
        app.MapPost("/announcements", (JsonElement announcement, Announcements announcements) => announcements.Take(announcement));
        app.MapGet("/announcements", (Announcements announcements) => announcements.All());
        app.MapPut("/faults/{name}", (string name, Faults faults) => faults.Switch(name, on: true) ? Results.NoContent() : Results.NotFound());
        app.MapDelete("/faults/{name}", (string name, Faults faults) => faults.Switch(name, on: false) ? Results.NoContent() : Results.NotFound());
        return app;
    }

    private static void MapOne(WebApplication app)
    {
        app.MapGet("/v1/health", () => Results.Json(new { status = "ok" }));
        app.MapGet("/v1/agents", (Shims shims) => shims.Agents());
        app.MapGet("/v1/runs", (Shims shims) => shims.List());
        app.MapGet("/v1/runs/{id}", (string id, Shims shims) => shims.Get(id));
    }

    private static void MapTwo(WebApplication app)
    {
        app.MapGet("/v2/health", (VersionTwo two) => two.Health());
        app.MapGet("/v2/openapi.json", (VersionTwo two) => two.Describe());
        app.MapGet("/v2/agents", (HttpContext http, VersionTwo two) => two.AgentsAsync(http));
        app.MapGet("/v2/events", (HttpContext http, VersionTwo two) => two.EventsAsync(http));
        app.MapGet("/v2/runs", (HttpContext http, VersionTwo two) => two.ListAsync(http));
        app.MapPost("/v2/runs", (HttpContext http, JsonElement body, VersionTwo two) => two.MakeAsync(http, body));
        app.MapGet("/v2/runs/{id}", (HttpContext http, string id, VersionTwo two) => two.GetAsync(http, id));
        app.MapGet("/v2/counts/{key}", (string key, VersionTwo two) => two.Count(key));
    }
}
