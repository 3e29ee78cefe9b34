using System.CommandLine;

namespace RolloutWorkflows.Cli;

/// <summary>Which server a command talks to, and as whom it means to.</summary>
internal static class ServerAddress
{
    /// <exception cref="CommandFailedException">The address is not one.</exception>
    public static Uri Of(ParseResult parsed, Terminal terminal)
    {
        var given = parsed.GetValue(CommonOptions.Server) ?? terminal.Environment("ROLLOUT_SERVER");
        var text = string.IsNullOrWhiteSpace(given) ? CommonOptions.DefaultServer : given;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https") return address;
        throw new CommandFailedException(ExitCode.Usage, $"--server: expected an address such as {CommonOptions.DefaultServer}, got '{text}'.");
    }

    /// <summary>Whom the caller means to be; null leaves it to the key.</summary>
    public static string? Actor(ParseResult parsed) => parsed.GetValue(CommonOptions.As);
}
