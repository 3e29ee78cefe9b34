using RppChain;

ChainOptions options;
try
{
    options = ChainOptions.Parse(args);
}
catch (ArgumentException wrong)
{
    Console.Error.WriteLine($"{wrong.Message}\n\n{ChainOptions.Usage}");
    return 2;
}

if (options.CheckConfig is { } nodes)
{
    var checkedOnly = new Chain(options, TimeProvider.System);
    var refused = nodes.Where(node => checkedOnly.ProblemOf(node) is { } problem && Say($"{node}: {problem}")).ToList();
    if (refused.Count == 0) Console.WriteLine($"{string.Join(", ", nodes)}: would load");
    return refused.Count == 0 ? 0 : 1;
}

var (app, _) = ChainApp.Build(options, TimeProvider.System);
try
{
    await app.StartAsync();
}
catch (IOException taken)
{
    Console.Error.WriteLine($"rpp-chain cannot listen on {options.Urls}: {taken.Message}");
    return 1;
}

if (options.ExitWithStandardInput) _ = StopWithStandardInputAsync(app.Lifetime);
Console.WriteLine($"rpp-chain listens on {app.Urls.First()}");
await app.WaitForShutdownAsync();
return 0;

static bool Say(string line)
{
    Console.Error.WriteLine(line);
    return true;
}

// Whoever started the chain holds its standard input: when that ends, however it ends, so does the chain.
static async Task StopWithStandardInputAsync(IHostApplicationLifetime lifetime)
{
    var buffer = new byte[256];
    await using var input = Console.OpenStandardInput();
    while (await input.ReadAsync(buffer) > 0)
    {
    }

    lifetime.StopApplication();
}
