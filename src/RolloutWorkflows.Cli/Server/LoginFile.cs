using System.Text.Json;
using RolloutWorkflows.Host;

namespace RolloutWorkflows.Cli;

/// <summary>The keys that a person keeps, one for each server, so that no key ever goes to another. Readable by that person only.</summary>
internal sealed class LoginFile(string path)
{
    public string Path { get; } = path;

    /// <summary>Below the folder of this person's settings, <c>XDG_CONFIG_HOME</c> or <c>~/.config</c> on Unix.</summary>
    public static LoginFile Of(Terminal terminal)
    {
        var settings = terminal.Environment("XDG_CONFIG_HOME") is { Length: > 0 } folder ? folder : System.Environment.GetFolderPath(System.Environment.SpecialFolder.ApplicationData, System.Environment.SpecialFolderOption.DoNotVerify);
        return new LoginFile(System.IO.Path.Combine(settings, "rollout", "keys.json"));
    }

    /// <exception cref="CommandFailedException">The file cannot be used.</exception>
    public string? Find(Uri server) => Read().GetValueOrDefault(NameOf(server));

    /// <exception cref="CommandFailedException">The file cannot be used.</exception>
    public void Keep(Uri server, string key)
    {
        var keys = Read();
        keys[NameOf(server)] = key;
        Write(keys);
    }

    /// <returns>False where none was kept.</returns>
    /// <exception cref="CommandFailedException">The file cannot be used.</exception>
    public bool Forget(Uri server)
    {
        var keys = Read();
        if (!keys.Remove(NameOf(server))) return false;
        Write(keys);
        return true;
    }

    private static string NameOf(Uri server) => server.GetLeftPart(UriPartial.Authority).ToLowerInvariant();

    private Dictionary<string, string> Read()
    {
        if (!File.Exists(Path)) return [];
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(Path) & (UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite)) != 0)
            throw new CommandFailedException(ExitCode.Usage, $"{Path} can be read by others: its keys may be known to them. Run chmod 600 on it, and have the keys replaced if others use this machine.");
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Path), ApiJson.Options) ?? [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new CommandFailedException(ExitCode.Usage, $"{Path} cannot be read: {error.Message.Split(" Path:")[0]} Remove it and log in again.");
        }
    }

    private void Write(Dictionary<string, string> keys)
    {
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
            var fresh = $"{Path}.new";
            File.Delete(fresh);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var file = new FileStream(fresh, options)) JsonSerializer.Serialize(file, keys, ApiJson.Options);
            File.Move(fresh, Path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(ExitCode.No, $"{Path} cannot be written: {error.Message} Set ROLLOUT_KEY instead.");
        }
    }
}
