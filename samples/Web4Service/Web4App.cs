using System.Text.Json;

namespace Web4Service;

/// <summary>The service, ready to be started.</summary>
internal static class Web4App
{
    /// <param name="options">What it is told.</param>
    /// <param name="time">Its clock.</param>
    /// <param name="flags">Who is asked for the flag; null: the server that the options name.</param>
    public static WebApplication Build(ServiceOptions options, TimeProvider time, IFlags? flags = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(options.Urls);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton(flags ?? new FlagClient(options));
        builder.Services.AddSingleton(services => new TrafficWindow(options.Window, services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<RequestMetrics>();
        builder.Services.AddSingleton<Banner>();
        builder.Services.AddSingleton<FaultSwitches>();
        builder.Services.AddSingleton<Visitors>();
        builder.Services.AddSingleton<IntentBar>();
        builder.Services.AddSingleton<TrafficGenerator>();

        var app = builder.Build();
        if (options.Fault is { } fault) app.Services.GetRequiredService<FaultSwitches>().Switch(fault, on: true);
        Map(app);
        return app;
    }

    private static void Map(WebApplication app)
    {
        app.MapGet("/", (HttpContext context, string? user, IntentBar bar) => bar.ShowAsync(context, user));
        app.MapPost("/banner", (JsonElement announcement, Banner banner, FaultSwitches faults) => faults.IsOn(FaultSwitches.Deaf)
            ? Results.StatusCode(StatusCodes.Status503ServiceUnavailable)
            : banner.Announce(announcement));
        app.MapGet("/health", (FaultSwitches faults) => faults.IsOn(FaultSwitches.Unhealthy)
            ? Results.Json(new { status = "unhealthy" }, statusCode: StatusCodes.Status503ServiceUnavailable)
            : Results.Json(new { status = "ok" }));
        app.MapGet("/metrics", (RequestMetrics metrics) => Results.Text(metrics.Text(), "text/plain; version=0.0.4"));
        app.MapGet("/status.json", Status);
        app.MapGet("/ops/status.json", Status);
        app.MapGet("/api/v1/alerts", Alerts.Answer);
        app.MapPut("/faults/{name}", (string name, FaultSwitches faults) => Switched(faults, name, on: true));
        app.MapDelete("/faults/{name}", (string name, FaultSwitches faults) => Switched(faults, name, on: false));
    }

    private static async Task<StatusDocument> Status(TrafficWindow window, TrafficGenerator traffic, CancellationToken cancellation)
    {
        await traffic.VisitBeforeALookAsync(cancellation);
        return window.Status();
    }

    private static IResult Switched(FaultSwitches faults, string name, bool on) => faults.Switch(name, on)
        ? Results.NoContent()
        : Results.NotFound(new { error = $"there is no fault '{name}'; expected one of {string.Join(", ", FaultSwitches.Names)}" });
}
