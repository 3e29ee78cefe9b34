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

await using var app = Web4App.Build(options, TimeProvider.System);
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
