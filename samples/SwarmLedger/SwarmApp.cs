using System.Text.Json;

namespace SwarmLedger;

/// <summary>The council's gateway: what the swarm answers over HTTP.</summary>
public static class SwarmApp
{
    public static WebApplication Build(SwarmOptions options, TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(options.Urls);
        builder.Services.AddSingleton(new Swarm(options, time));
        var app = builder.Build();
        MapMesh(app);
        MapCouncil(app);
        app.MapGet("/health", () => Results.Json(new { status = "ok" }));
        app.MapGet("/telemetry.json", (Swarm swarm) => swarm.Telemetry());
        app.MapPost("/announcements", () => Results.NoContent());
        app.MapPut("/faults/{fault}", (string fault, Swarm swarm) => swarm.Switch(fault, on: true) ? Results.NoContent() : Results.NotFound());
        app.MapDelete("/faults/{fault}", (string fault, Swarm swarm) => swarm.Switch(fault, on: false) ? Results.NoContent() : Results.NotFound());
        return app;
    }

    private static void MapMesh(WebApplication app)
    {
        foreach (var kind in new[] { "scenarios", "chaos" })
        {
            app.MapPost($"/mesh/{kind}/{{scenario}}/{{iteration:int}}", (string scenario, int iteration, HttpRequest request, Swarm swarm) =>
                swarm.Play(scenario, iteration, request.Headers["Idempotency-Key"]) is { } wrong ? Results.Text(wrong, statusCode: 409) : Results.NoContent());
        }

        app.MapPost("/mesh/drill", (Swarm swarm) => swarm.Drill());
        app.MapPost("/mesh/reset", (Swarm swarm) => swarm.ResetStores());
        app.MapPost("/mesh/replay", (Swarm swarm) => swarm.ReplayStores());
        app.MapPost("/mesh/resync", (Swarm swarm) => swarm.Resync());
        app.MapGet("/mesh/state", (Swarm swarm) => swarm.State(Swarm.Isolated));
        app.MapGet("/state", (Swarm swarm) => swarm.State(Swarm.Live));
        app.MapGet("/nodes/{node}/state", (string node, Swarm swarm) => swarm.State(node));
        app.MapPost("/mesh/rejoin", (Swarm swarm) => swarm.Rejoin() is { } wrong ? Results.Text(wrong, statusCode: 409) : Results.NoContent());
        app.MapPut("/mesh/candidates/{candidate}", (string candidate, Swarm swarm) => swarm.Deploy(candidate));
        app.MapDelete("/mesh/candidates/{candidate}", (string candidate, Swarm swarm) =>
            swarm.Withdraw(candidate) ? Results.NoContent() : Results.Text("the mesh is busy", statusCode: 503));
        app.MapGet("/payloads", (Swarm swarm) => swarm.Payloads);
        app.MapPost("/restore", (JsonElement wanted, Swarm swarm) =>
            swarm.Restore(wanted.GetProperty("target").GetString()!, wanted.GetProperty("snapshot").GetString()!) ? Results.Accepted() : Results.NotFound());
    }

    private static void MapCouncil(WebApplication app)
    {
        app.MapGet("/governance", (Swarm swarm) => swarm.Governance());
        app.MapPut("/council/endorsements", (Swarm swarm) => { swarm.Endorsed = true; });
        app.MapDelete("/council/endorsements", (Swarm swarm) => { swarm.Endorsed = false; });
        app.MapPut("/council/quiesce", (Swarm swarm) => { swarm.Quiesced = true; });
        app.MapDelete("/council/quiesce", (Swarm swarm) => { swarm.Quiesced = false; });
        app.MapPut("/mode/read-only", (Swarm swarm) => { swarm.ReadOnly = true; });
        app.MapDelete("/mode/read-only", (Swarm swarm) => { swarm.ReadOnly = false; });
    }
}
