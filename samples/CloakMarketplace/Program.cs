using CloakMarketplace;

MarketOptions options;
try
{
    options = MarketOptions.Parse(args);
}
catch (ArgumentException wrong)
{
    Console.Error.WriteLine($"{wrong.Message}\n\n{MarketOptions.Usage}");
    return 2;
}

using var audience = new ServedAudience(options.Flags, options.Key);
await using var app = MarketApp.Build(options, new FastClock(options.Speed), audience);
try
{
    await app.StartAsync();
}
catch (IOException taken)
{
    Console.Error.WriteLine($"cloak-marketplace cannot listen on {options.Urls}: {taken.Message}");
    return 1;
}

if (options.ExitWithStandardInput) _ = StopWithStandardInputAsync(app.Lifetime);
Console.WriteLine($"cloak-marketplace listens on {new Uri(app.Urls.First()).GetLeftPart(UriPartial.Authority)}");
await app.WaitForShutdownAsync();
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
