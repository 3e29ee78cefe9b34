namespace RolloutWorkflows.Activities;

/// <summary>The secrets of <see cref="SecretOptions"/>.</summary>
internal sealed class Secrets(SecretOptions options) : ISecretSource
{
    /// <summary>A longer file is no secret but a mistake.</summary>
    private const int MaximumBytes = 64 * 1024;

    public IReadOnlyList<string> Names => [.. options.Secrets.Keys.Order(StringComparer.Ordinal)];

    public ValueTask<string> ReadAsync(string name, CancellationToken cancellation = default) => options.Secrets.TryGetValue(name, out var location)
        ? ReadAsync(location, cancellation)
        : throw new SecretException($"the host's configuration names no secret '{name}'; known: {(Names.Count == 0 ? "none" : string.Join(", ", Names))}");

    public async ValueTask<string> ReadAsync(SecretLocation location, CancellationToken cancellation = default)
    {
        var (secret, place) = location switch
        {
            { Environment: { } variable } => (options.Environment(variable) ?? throw Missing(location, $"the setting {variable} is missing"), $"the setting {variable}"),
            { File: { } path } => (await ReadFileAsync(location, path, cancellation), path),
            _ => throw Missing(location, "neither an environment variable nor a file is stated"),
        };
        if (secret.Length == 0) throw Missing(location, $"{place} is empty");
        return secret.Any(sign => char.IsControl(sign) && !(location.Multiline && sign is ('\r' or '\n' or '\t'))) ? throw Missing(location, $"{place} holds a line break or another control character; expected one line") : secret;
    }

    private static async Task<string> ReadFileAsync(SecretLocation location, string path, CancellationToken cancellation)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.Exists && file.Length > MaximumBytes) throw Missing(location, $"{path} is longer than {MaximumBytes / 1024} KiB");
            // Editors and `echo` end a file with a line break, which is no part of a secret.
            return (await File.ReadAllTextAsync(path, cancellation)).TrimEnd('\r', '\n');
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Missing(location, $"there is no file {path}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Missing(location, $"{path} cannot be read");
        }
    }

    private static SecretException Missing(SecretLocation location, string why) => new($"the secret '{location.Name}' cannot be used: {why}");
}
