using GitHubStandIn;
using RolloutWorkflows.Counterparts;

StandInOptions options;
try
{
    options = StandInOptions.Parse(args);
}
catch (ArgumentException wrong)
{
    Console.Error.WriteLine($"{wrong.Message}\n\n{StandInOptions.Usage}");
    return 2;
}

using var stopping = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stopping.Cancel();
};
await using var github = await FakeGitHub.StartAsync();
var standIn = new StandIn(github, options, TimeProvider.System);
standIn.Furnish();
Console.WriteLine($"github-stand-in listens on {github.Address.GetLeftPart(UriPartial.Authority)}");
var running = standIn.RunAsync(stopping.Token);
while (await Console.In.ReadLineAsync(stopping.Token) is { } line) await standIn.ObeyAsync(line);

// Whoever started it holds its standard input: when that ends, however it ends, so does the stand-in.
if (options.ExitWithStandardInput) await stopping.CancelAsync();
await running;
return 0;
