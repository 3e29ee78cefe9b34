using Phase2Api;

Phase2ApiOptions options;
try
{
    options = Phase2ApiOptions.Parse(args);
}
catch (ArgumentException wrong)
{
    Console.Error.WriteLine($"{wrong.Message}\n\n{Phase2ApiOptions.Usage}");
    return 2;
}

var app = Phase2ApiApp.Build(options, options.Speed == 1 ? TimeProvider.System : new FastClock(options.Speed));
try
{
    await app.StartAsync();
}
catch (IOException taken)
{
    Console.Error.WriteLine($"phase2-api cannot listen on {options.Urls}: {taken.Message}");
    return 1;
}

if (options.ExitWithStandardInput) _ = StopWithStandardInputAsync(app.Lifetime);
Console.WriteLine($"phase2-api listens on {new Uri(app.Urls.First()).GetLeftPart(UriPartial.Authority)}");
await app.WaitForShutdownAsync();
return 0;

// Whoever started the gateway holds its standard input: when that ends, however it ends, so does the gateway.
static async Task StopWithStandardInputAsync(IHostApplicationLifetime lifetime)
{
    var buffer = new byte[256];
    await using var input = Console.OpenStandardInput();
    while (await input.ReadAsync(buffer) > 0)
    {
    }

    lifetime.StopApplication();
}
