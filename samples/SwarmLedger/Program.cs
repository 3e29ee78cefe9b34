using SwarmLedger;

// Operators' tools, as commands of a playbook: they ask the gateway, and end with 1 where it refuses.
if (args is ["reset" or "replay", var gateway, ..])
{
    using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
    using var answer = await http.PostAsync(new Uri(new Uri(gateway), $"mesh/{args[0]}"), content: null);
    Console.WriteLine(answer.IsSuccessStatusCode ? $"{args[0]}: done" : $"{args[0]}: {await answer.Content.ReadAsStringAsync()}");
    return answer.IsSuccessStatusCode ? 0 : 1;
}

SwarmOptions options;
try
{
    options = SwarmOptions.Parse(args);
}
catch (ArgumentException wrong)
{
    Console.Error.WriteLine($"{wrong.Message}\n\n{SwarmOptions.Usage}");
    return 2;
}

var app = SwarmApp.Build(options, TimeProvider.System);
try
{
    await app.StartAsync();
}
catch (IOException taken)
{
    Console.Error.WriteLine($"swarm-ledger cannot listen on {options.Urls}: {taken.Message}");
    return 1;
}

if (options.ExitWithStandardInput) _ = StopWithStandardInputAsync(app.Lifetime);
Console.WriteLine($"swarm-ledger listens on {new Uri(app.Urls.First()).GetLeftPart(UriPartial.Authority)}");
await app.WaitForShutdownAsync();
return 0;

// Whoever started it holds its standard input: when that ends, however it ends, so does the swarm.
static async Task StopWithStandardInputAsync(IHostApplicationLifetime lifetime)
{
    var buffer = new byte[256];
    await using var input = Console.OpenStandardInput();
    while (await input.ReadAsync(buffer) > 0)
    {
    }

    lifetime.StopApplication();
}
