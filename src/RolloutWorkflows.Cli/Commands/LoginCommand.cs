using System.CommandLine;
using Spectre.Console;

namespace RolloutWorkflows.Cli;

/// <summary><c>rollout login</c>.</summary>
internal static class LoginCommand
{
    private static readonly Option<bool> Forget = new("--forget") { Description = "Forget the key that is kept for this server." };

    public static Command Create(Terminal terminal)
    {
        var command = new ExampledCommand("login", "Keeps your key for a server, in a file that only you can read.")
        {
            Remarks = "The key is asked for, or read from standard input; it is kept only if the server takes it.",
            Examples =
            [
                new("rollout login", "Asks for your key."),
                new("rollout login --server https://rollouts.example.org", "Keeps a key for another server; each has its own."),
                new("rollout login --forget", "Forgets it."),
            ],
        };
        foreach (var option in new Option[] { Forget, CommonOptions.Server }) command.Add(option);
        command.SetAction((parsed, cancellation) => parsed.GetValue(Forget) ? Task.FromResult(ForgetKey(terminal, parsed)) : KeepAsync(terminal, parsed, cancellation));
        return command;
    }

    private static int ForgetKey(Terminal terminal, ParseResult parsed)
    {
        var server = ServerAddress.Of(parsed, terminal);
        var forgotten = LoginFile.Of(terminal).Forget(server);
        terminal.Note(forgotten ? $"The key for {server.GetLeftPart(UriPartial.Authority)} is forgotten here; it is valid until it is revoked." : "No key is kept for this server.");
        return forgotten ? ExitCode.Ok : ExitCode.No;
    }

    private static async Task<int> KeepAsync(Terminal terminal, ParseResult parsed, CancellationToken cancellation)
    {
        var server = ServerAddress.Of(parsed, terminal);
        var key = terminal.CanAsk
            ? (await new TextPrompt<string>("Key:").Secret(null).ShowAsync(terminal.Ansi, cancellation)).Trim()
            : (await terminal.In.ReadLineAsync(cancellation))?.Trim() ?? "";
        if (!key.StartsWith("rwk_", StringComparison.Ordinal) || key.Any(letter => letter <= ' ' || letter > '~')) throw new CommandFailedException(ExitCode.Usage, "that is no key: expected rwk_ and 43 characters on one line.");
        using var client = new RolloutClient(server, key);
        try
        {
            await client.ListAsync("?top=1", cancellation);
        }
        catch (ServerProblemException refused)
        {
            throw new CommandFailedException(refused.ExitCode, $"the key is not kept: {refused.Problem.Detail}");
        }
        catch (ServerUnreachableException away)
        {
            throw new CommandFailedException(ExitCode.Unreachable, away.Message);
        }

        var file = LoginFile.Of(terminal);
        file.Keep(server, key);
        terminal.Note($"Kept for {server.GetLeftPart(UriPartial.Authority)} in {file.Path}.");
        return ExitCode.Ok;
    }
}
