using System.CommandLine;

namespace RolloutWorkflows.Cli;

/// <summary>Finds the caller's key: a file named on the command line, the environment, or what was kept at login. Never an option.</summary>
internal static class ServerKey
{
    public const string Variable = "ROLLOUT_KEY";

    /// <summary>The key for a server; null where there is none.</summary>
    /// <exception cref="CommandFailedException">A file that should hold a key cannot be used.</exception>
    public static string? Of(ParseResult parsed, Uri server, Terminal terminal)
    {
        var key = parsed.GetValue(CommonOptions.KeyFile) is { } file ? OfFile(file)
            : terminal.Environment(Variable)?.Trim() is { Length: > 0 } named ? named
            : LoginFile.Of(terminal).Find(server);
        if (key is null) return null;
        if (key.Any(letter => !char.IsAscii(letter) || char.IsControl(letter) || letter == ' ')) throw new CommandFailedException(ExitCode.Usage, "what is given as the key is none: expected rwk_ and 43 characters on one line.");
        if (server.Scheme == "http" && !server.IsLoopback) terminal.Note($"Your key goes to {server.Host} unencrypted; use https where you can.");
        return key;
    }

    private static string OfFile(string file)
    {
        try
        {
            return File.ReadAllText(file).Trim() is { Length: > 0 } key ? key : throw new CommandFailedException(ExitCode.Usage, $"--key-file: {file} is empty.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(ExitCode.Usage, $"--key-file: {file} cannot be read: {error.Message}");
        }
    }
}
