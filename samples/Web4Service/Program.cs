using System.Text.Json;
using Web4Service;

ServiceOptions options;
try
{
    options = ServiceOptions.Parse(args);
}
catch (ArgumentException wrong)
{
    Console.Error.WriteLine($"{wrong.Message}\n\n{ServiceOptions.Usage}");
    return 2;
}

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls(options.Urls);
builder.Services.AddSingleton(options);
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton<FlagClient>();
builder.Services.AddSingleton(services => new TrafficWindow(options.Window, services.GetRequiredService<TimeProvider>()));
builder.Services.AddSingleton<RequestMetrics>();
builder.Services.AddSingleton<Banner>();
builder.Services.AddSingleton<IntentBar>();
builder.Services.AddSingleton<TrafficGenerator>();

var app = builder.Build();
app.MapGet("/", (HttpContext context, string? user, IntentBar bar) => bar.ShowAsync(context, user));
app.MapPost("/banner", (JsonElement announcement, Banner banner) => banner.Announce(announcement));
app.MapGet("/health", () => Results.Json(new { status = "ok" }));
app.MapGet("/metrics", (RequestMetrics metrics) => Results.Text(metrics.Text(), "text/plain; version=0.0.4"));
app.MapGet("/status.json", (TrafficWindow window) => window.Status());
app.MapGet("/ops/status.json", (TrafficWindow window) => window.Status());

try
{
    await app.StartAsync();
}
catch (IOException taken)
{
    Console.Error.WriteLine($"web4-service cannot listen on {options.Urls}: {taken.Message}");
    return 1;
}

if (options.ExitWithStandardInput) _ = StopWithStandardInputAsync(app.Lifetime);
var address = new Uri(app.Urls.First());
var generator = app.Services.GetRequiredService<TrafficGenerator>();
await generator.WarmUpAsync(address, app.Lifetime.ApplicationStopping);
Console.WriteLine($"web4-service listens on {address.GetLeftPart(UriPartial.Authority)}");
var traffic = generator.RunAsync(address, app.Lifetime.ApplicationStopping);
await app.WaitForShutdownAsync();
await traffic;
return 0;

// Whoever started the service holds its standard input: when that ends, however it ends, so does the service.
static async Task StopWithStandardInputAsync(IHostApplicationLifetime lifetime)
{
    var buffer = new byte[256];
    await using var input = Console.OpenStandardInput();
    while (await input.ReadAsync(buffer) > 0)
    {
    }

    lifetime.StopApplication();
}
