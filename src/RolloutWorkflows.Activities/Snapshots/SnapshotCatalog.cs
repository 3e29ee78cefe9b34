using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace RolloutWorkflows.Activities;

/// <summary>
/// The catalogs of signed snapshots. A snapshot is a folder <c>NAME</c> with its files, <c>manifest.json</c> and the manifest's
/// detached signature <c>manifest.json.sig</c>. What is not signed, or does not match its own manifest, does not count. Thread-safe.
/// </summary>
internal sealed partial class SnapshotCatalog(SnapshotOptions options, PlaybookFiles files, ISigners signers)
{
    public const string LastSigned = "last-signed";

    private const string ManifestFile = "manifest.json";

    /// <summary>What the host's configuration says of the target.</summary>
    /// <exception cref="SnapshotException">It says nothing.</exception>
    public SnapshotTarget TargetOf(string target) => options.Targets.TryGetValue(target, out var found) ? found
        : throw new SnapshotException($"the host's configuration knows no snapshots of '{target}'; known: {(options.Targets.Count == 0 ? "none" : string.Join(", ", options.Targets.Keys.Order(StringComparer.Ordinal)))}");

    /// <summary>The snapshots of a target, oldest first, those that do not count among them.</summary>
    /// <exception cref="SnapshotException">The catalog cannot be read.</exception>
    public async Task<IReadOnlyList<SnapshotEntry>> ListAsync(string target, CancellationToken cancellation)
    {
        var settings = TargetOf(target);
        string folder;
        try
        {
            folder = files.PathOfFolder(settings.Catalog);
        }
        catch (PlaybookFileException problem)
        {
            throw new SnapshotException(problem.Message);
        }

        var entries = new List<SnapshotEntry>();
        foreach (var name in Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path)!).Where(name => SnapshotName().IsMatch(name)).Order(StringComparer.Ordinal))
            entries.Add(await ReadAsync(settings, name, cancellation));
        return [.. entries.OrderBy(entry => entry.Manifest?.Created ?? DateTimeOffset.MinValue).ThenBy(entry => entry.Name, StringComparer.Ordinal)];
    }

    /// <summary>The snapshot of this name, or the newest whose signature holds.</summary>
    /// <exception cref="SnapshotException">There is none that counts.</exception>
    public async Task<SnapshotManifest> FindAsync(string target, string snapshot, CancellationToken cancellation)
    {
        if (snapshot != LastSigned)
        {
            if (!SnapshotName().IsMatch(snapshot)) throw new SnapshotException($"'{snapshot}' is no name of a snapshot");
            var entry = await ReadAsync(TargetOf(target), snapshot, cancellation);
            return entry.Refusal is null ? entry.Manifest! : throw new SnapshotException($"snapshot {snapshot} of {target} does not count: {entry.Refusal}");
        }

        var entries = await ListAsync(target, cancellation);
        if (entries.LastOrDefault(entry => entry.Refusal is null) is { } newest) return newest.Manifest!;
        throw new SnapshotException($"{target} has no signed snapshot{(entries is [.., var unsigned] ? $"; {unsigned.Name} does not count: {unsigned.Refusal}" : "")}");
    }

    /// <summary>The files of a snapshot as they lie in the catalog now; those that cannot be read are left out.</summary>
    public async Task<IReadOnlyList<SnapshotFile>> StagedAsync(string target, SnapshotManifest manifest, CancellationToken cancellation)
    {
        var catalog = TargetOf(target).Catalog;
        var staged = new List<SnapshotFile>();
        foreach (var file in manifest.Files)
        {
            try
            {
                await using var stream = files.OpenRead($"{catalog}/{manifest.Name}/{file.Path}");
                staged.Add(file with { Sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation)), Size = stream.Length });
            }
            catch (Exception missing) when (missing is PlaybookFileException or IOException or UnauthorizedAccessException)
            {
                // A file that is not there is the answer, not a fault.
            }
        }

        return staged;
    }

    /// <summary>The absolute path of a snapshot's folder.</summary>
    public string FolderOf(string target, SnapshotManifest manifest) => files.PathOfFolder($"{TargetOf(target).Catalog}/{manifest.Name}");

    private async Task<SnapshotEntry> ReadAsync(SnapshotTarget target, string name, CancellationToken cancellation)
    {
        SnapshotManifest? manifest = null;
        try
        {
            var bytes = await files.ReadBytesAsync($"{target.Catalog}/{name}/{ManifestFile}", cancellation);
            manifest = JsonSerializer.Deserialize<SnapshotManifest>(bytes, JsonSerializerOptions.Web);
            // What is null in JSON passes for what the types say is never null.
            if (manifest?.Files is null || manifest.Files.Any(file => file?.Path is null || file.Sha256 is null)) return new SnapshotEntry(name, null, "its manifest is no JSON of the expected form");
            return new SnapshotEntry(name, manifest, Mismatch(name, manifest) ?? await SignatureRefusalAsync(target, name, bytes, cancellation));
        }
        catch (Exception unusable) when (unusable is PlaybookFileException or JsonException)
        {
            return new SnapshotEntry(name, manifest, unusable is JsonException ? "its manifest is no JSON of the expected form" : unusable.Message);
        }
    }

    private async Task<string?> SignatureRefusalAsync(SnapshotTarget target, string name, byte[] manifest, CancellationToken cancellation)
    {
        var signature = await files.ReadBytesAsync($"{target.Catalog}/{name}/{ManifestFile}.sig", cancellation);
        using var content = new MemoryStream(manifest, writable: false);
        return await signers.RefusalAsync(target.SignedBy, content, signature, cancellation);
    }

    /// <summary>What in a manifest contradicts itself; null where nothing does.</summary>
    private static string? Mismatch(string name, SnapshotManifest manifest)
    {
        if (manifest.Name != name) return $"its manifest is that of {manifest.Name}";
        if (manifest.Files.FirstOrDefault(file => file.Path.Split('/').Any(part => part is "" or "." or "..") || !Digest().IsMatch(file.Sha256)) is { } odd) return $"its manifest names '{odd.Path}', which is no file of a snapshot";
        if (manifest.Files.GroupBy(file => file.Path, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice) return $"its manifest names '{twice.Key}' twice";
        return SnapshotManifest.RootOf(manifest.Files) is var root && root != manifest.Root ? $"its root digest is {root}, its manifest says {manifest.Root}" : null;
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$")]
    private static partial Regex SnapshotName();

    [GeneratedRegex("^[0-9a-f]{64}$")]
    private static partial Regex Digest();
}
