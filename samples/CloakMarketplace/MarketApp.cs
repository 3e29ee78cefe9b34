using System.Text.Json;

namespace CloakMarketplace;

/// <summary>The marketplace over HTTP.</summary>
internal static class MarketApp
{
    /// <summary>Builds it; it listens once it is started.</summary>
    /// <param name="options">What it is told.</param>
    /// <param name="time">Its clock: limits, telemetry and visitors go by it.</param>
    /// <param name="audience">Who is let in.</param>
    public static WebApplication Build(MarketOptions options, TimeProvider time, IAudience audience)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(options.Urls);
        builder.Services.AddSingleton(options).AddSingleton(time).AddSingleton(audience)
            .AddSingleton<Faults>().AddSingleton<Telemetry>().AddSingleton<Payments>().AddSingleton<Market>().AddSingleton<Visitors>().AddSingleton<Notices>()
            .AddSingleton(new Switches(options.EnvironmentFile))
            .AddSingleton(services => new RateLimit(options.Limit, options.Speed, services.GetRequiredService<Faults>(), time));
        var app = builder.Build();
        if (options.Fault is { } fault) app.Services.GetRequiredService<Faults>().Set(fault, broken: true);
        app.Services.GetRequiredService<Visitors>();
        app.Use(GuardAsync);
        MapMarket(app);
        MapOperations(app);
        return app;
    }

    /// <summary>The API stands behind the backend's switch and the rate limit of each caller.</summary>
    private static async Task GuardAsync(HttpContext http, RequestDelegate next)
    {
        if (!http.Request.Path.StartsWithSegments("/v1"))
        {
            await next(http);
            return;
        }

        var services = http.RequestServices;
        if (!services.GetRequiredService<Switches>().Backend)
        {
            await Results.Json(new { error = "the marketplace is switched off" }, statusCode: 503).ExecuteAsync(http);
            return;
        }

        TimeSpan? wait;
        lock (services.GetRequiredService<Market>().Door)
        {
            wait = services.GetRequiredService<RateLimit>().Wait(WalletOf(http.Request));
            services.GetRequiredService<Telemetry>().Answered(limited: wait is not null);
        }

        if (wait is { } span)
        {
            http.Response.Headers.RetryAfter = ((int)Math.Ceiling(span.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
            await Results.Json(new { error = "too many requests" }, statusCode: 429).ExecuteAsync(http);
            return;
        }

        await next(http);
    }

    private static void MapMarket(WebApplication app)
    {
        app.MapGet("/v1/agents", () => Results.Json(Market.Agents.Select(agent => new { agent, price = Market.PriceOf(agent) })));
        app.MapPost("/v1/runs", RunAsync);
        app.MapGet("/v1/runs", (string key, Market market) =>
        {
            lock (market.Door) return Results.Json(new { total = market.EffectsOf(key) });
        });
        app.MapGet("/v1/runs/{id}/evidence", (string id, Market market) =>
        {
            lock (market.Door) return market.Find(id) is { } run ? Results.Json(new { run.RunId, run.Wallet, run.Surface, run.Paid, run.PaidByEvidence, run.Transaction, run.At }) : Results.NotFound();
        });
    }

    private static void MapOperations(WebApplication app)
    {
        app.MapGet("/health", (Switches switches) => Results.Json(new { status = "ok", backend = switches.Backend, web = switches.Has("web"), mobile = switches.Has("mobile"), extension = switches.Has("extension") }));
        app.MapGet("/x402/health", SettlePath);
        app.MapGet("/telemetry", async (Visitors visitors, CancellationToken cancellation) => Results.Json(await visitors.CatchUpAsync(cancellation)));
        app.MapPost("/notices/{audience}", (string audience, JsonElement notice, Notices notices) => notices.Take(audience, notice));
        app.MapGet("/notices/{audience}", (string audience, Notices notices) => Results.Json(notices.Of(audience)));
        app.MapPut("/faults/{name}", (string name, Faults faults) => Switch(faults, name, broken: true));
        app.MapDelete("/faults/{name}", (string name, Faults faults) => Switch(faults, name, broken: false));
    }

    private static async Task<IResult> RunAsync(HttpContext http, JsonElement request, Market market, Switches switches, IAudience audience)
    {
        var surface = http.Request.Headers["X-Surface"].ToString() is { Length: > 0 } named ? named : "api";
        if (surface != "api" && !Visitors.Surfaces.Contains(surface)) return Results.BadRequest(new { error = $"there is no surface '{surface}'" });
        if (surface != "api" && !switches.Has(surface)) return Results.Json(new { error = $"the marketplace is not open on {surface}" }, statusCode: 403);
        if (surface != "api" && !(await audience.OfAsync(surface, http.RequestAborted)).Admits(WalletOf(http.Request)))
            return Results.Json(new { error = $"{WalletOf(http.Request)} is not in the beta on {surface}" }, statusCode: 403);
        var agent = request.ValueKind == JsonValueKind.Object && request.TryGetProperty("agent", out var name) ? name.ToString() : "";
        var key = http.Request.Headers["Idempotency-Key"].ToString() is { Length: > 0 } given ? given : null;
        var payment = http.Request.Headers["X-PAYMENT"].ToString() is { Length: > 0 } header ? header : null;
        RunAnswer answer;
        lock (market.Door) answer = market.Run(surface, WalletOf(http.Request), agent, key, payment);
        if (answer.Status == 402) return Results.Json(Payments.Challenge($"/v1/runs#{agent}", Market.PriceOf(agent) ?? 0, answer.Problem!), statusCode: 402);
        return answer.Run is { } run ? Results.Json(new { run.RunId, run.Agent, run.Paid, run.Transaction, evidence = $"/v1/runs/{run.RunId}/evidence" }) : Results.Json(new { error = answer.Problem }, statusCode: answer.Status);
    }

    /// <summary>Goes the way of a payment once: challenge, verify, settle.</summary>
    private static IResult SettlePath(Payments payments, Market market, Faults faults)
    {
        lock (market.Door)
        {
            var payment = Payments.Sign("0xhealth", 1, Guid.NewGuid().ToString("N"));
            var challenged = JsonSerializer.Serialize(Payments.Challenge("/x402/health", 1, "X-PAYMENT header is required")).Contains(Payments.PayTo, StringComparison.Ordinal);
            var problem = payments.Verify(payment, 1, "api").Problem;
            var settles = payments.Settle("health", "api") is not null && !faults.Has(Faults.SettlementFailures);
            return challenged && problem is null && settles
                ? Results.Json(new { challenge = "ok", verify = "ok", settle = "ok" })
                : Results.Json(new { challenge = challenged ? "ok" : "fails", verify = problem ?? "ok", settle = settles ? "ok" : "fails" }, statusCode: 503);
        }
    }

    private static IResult Switch(Faults faults, string name, bool broken)
    {
        if (!Faults.IsKnown(name)) return Results.NotFound(new { error = $"there is no fault '{name}'; known: {string.Join(", ", Faults.Known)}" });
        faults.Set(name, broken);
        return Results.NoContent();
    }

    private static string WalletOf(HttpRequest request) => request.Headers["X-Wallet"].ToString() is { Length: > 0 } wallet ? wallet : "anonymous";
}
