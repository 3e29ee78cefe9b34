using System.CommandLine;
using RolloutWorkflows.DurableTask.Storage;
using RolloutWorkflows.Host;

namespace RolloutWorkflows.Cli;

/// <summary><c>rollout serve</c>.</summary>
internal static class ServeCommand
{
    private static readonly Option<string> Urls = new("--urls")
    {
        Description = $"Where to listen, separated by semicolons; port 0 takes a free one. Default: {HostSettings.DefaultUrls}. Other machines are served only with keys and --behind-proxy.",
        DefaultValueFactory = _ => HostSettings.DefaultUrls,
        HelpName = "URLS",
    };

    private static readonly Option<string?> WebhookUrls = new("--webhook-urls")
    {
        Description = "Where to listen for /webhooks/… and nothing else, so that nothing else needs to be reachable from outside. Default: webhookUrls of host.json. Other machines need keys.",
        HelpName = "URLS",
    };

    public static readonly Option<string> Root = new("--root")
    {
        Description = "The folder with host.json, local.settings.json, people.yaml and the playbooks. Default: the current folder.",
        DefaultValueFactory = _ => ".",
        HelpName = "FOLDER",
    };

    public static readonly Option<string?> Data = new("--data") { Description = "Where the databases live. Default: .rollout in the root.", HelpName = "FOLDER" };

    private static readonly Option<bool> BehindProxy = new("--behind-proxy")
    {
        Description = "A proxy in front ends TLS. The server itself speaks plain http, which beyond this machine would show keys to others.",
    };

    private static readonly Option<bool> Compression = new("--allow-time-compression") { Description = "Let starts ask for compressed waits. For demos and tests only." };

    private static readonly Option<bool> StopWithInput = new("--stop-with-stdin")
    {
        Description = "Stop when standard input ends, so that the server never outlives the program that started it.",
    };

    public static Command Create(Terminal terminal)
    {
        var command = new ExampledCommand("serve", "Runs the server: HTTP, by default on this machine only, data in SQLite.")
        {
            Remarks = "Stopping or killing it loses nothing: every run goes on where it stood at the next start on the same data.",
            Examples =
            [
                new("rollout serve", "Serves http://127.0.0.1:7071 from the current folder."),
                new("rollout serve --root /srv/rollouts --data /var/lib/rollout --urls http://127.0.0.1:8080", "Serves another folder, with its data elsewhere."),
                new("rollout serve --urls http://10.0.0.5:7071 --behind-proxy", "Serves a proxy on another machine, which ends TLS; needs keys."),
            ],
        };
        foreach (var option in new Option[] { Urls, WebhookUrls, Root, Data, BehindProxy, Compression, StopWithInput }) command.Add(option);
        command.SetAction((parsed, cancellation) => ServeAsync(terminal, parsed, cancellation));
        return command;
    }

    private static async Task<int> ServeAsync(Terminal terminal, ParseResult parsed, CancellationToken cancellation)
    {
        await using var app = RolloutHost.Build(new HostSettings
        {
            Root = parsed.GetRequiredValue(Root),
            DataFolder = parsed.GetValue(Data),
            Urls = parsed.GetRequiredValue(Urls),
            WebhookUrls = parsed.GetValue(WebhookUrls),
            BehindProxy = parsed.GetValue(BehindProxy),
            AllowTimeCompression = parsed.GetValue(Compression),
            TimeProvider = terminal.Time,
        });
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (StoreException error)
        {
            terminal.Complain(error.Message);
            return ExitCode.Refused;
        }
        catch (IOException error)
        {
            terminal.Complain($"cannot listen on {parsed.GetValue(Urls)}: {error.Message} Another server may be running there; choose another address with --urls.");
            return ExitCode.Refused;
        }

        // The one line of data: where it listens, for whoever started it with port 0.
        foreach (var url in app.Urls) terminal.Line(url);
        var ended = Task.Delay(Timeout.InfiniteTimeSpan, terminal.Time, cancellation);
        await (parsed.GetValue(StopWithInput) ? Task.WhenAny(ended, InputEndAsync(terminal)) : Task.WhenAny(ended));
        await app.StopAsync(CancellationToken.None);
        return ExitCode.Ok;
    }

    private static Task InputEndAsync(Terminal terminal) => Task.Factory.StartNew(
        () =>
        {
            while (terminal.In.ReadLine() is not null)
            {
                // Only the end matters.
            }
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);
}
