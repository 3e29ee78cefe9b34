using System.Security.Cryptography;
using System.Text;

namespace RolloutWorkflows.Activities;

/// <summary>What a snapshot consists of; its <c>manifest.json</c>.</summary>
public sealed record SnapshotManifest
{
    public required string Name { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required IReadOnlyList<SnapshotFile> Files { get; init; }

    /// <summary>The digest of all files together, as <see cref="RootOf"/> makes it.</summary>
    public required string Root { get; init; }

    /// <summary>The snapshot before; null for the first.</summary>
    public string? Previous { get; init; }

    /// <summary>
    /// The digest of a set of files: <c>sha256:</c> and the SHA-256 of one line per file, by path, as <c>sha256sum</c> prints it.
    /// </summary>
    public static string RootOf(IEnumerable<SnapshotFile> files)
    {
        var lines = string.Concat(files.OrderBy(file => file.Path, StringComparer.Ordinal).Select(file => $"{file.Sha256}  {file.Path}\n"));
        return $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines)))}";
    }
}
