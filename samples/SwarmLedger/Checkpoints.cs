using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SwarmLedger;

/// <summary>The catalog of checkpoints that the council signed: a folder each, with its files, manifest and the manifest's signature.</summary>
public sealed class Checkpoints(string folder, ECDsa key)
{
    private int number;

    /// <summary>The newest one.</summary>
    public string? Last { get; private set; }

    /// <summary>The digest of the newest one's files, as it was signed.</summary>
    public string LastRoot { get; private set; } = "";

    public static IReadOnlyList<CheckpointFile> Describe(IReadOnlyDictionary<string, string> files) =>
        [.. files.Select(file => new CheckpointFile(file.Key, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(file.Value))), Encoding.UTF8.GetByteCount(file.Value)))];

    /// <summary>The digest of all files together: of what <c>sha256sum</c> prints for them.</summary>
    public static string RootOf(IReadOnlyDictionary<string, string> files) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Concat(Describe(files).OrderBy(file => file.Path, StringComparer.Ordinal).Select(file => $"{file.Sha256}  {file.Path}\n")))));

    public void Sign(IReadOnlyDictionary<string, string> files, DateTimeOffset created)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"checkpoint-{++number:0000}");
        var place = Directory.CreateDirectory(Path.Combine(folder, $".{name}")).FullName;
        foreach (var (path, text) in files) File.WriteAllText(Path.Combine(place, path), text);
        var manifest = JsonSerializer.SerializeToUtf8Bytes(new { name, created, previous = Last, root = RootOf(files), files = Describe(files) }, JsonSerializerOptions.Web);
        File.WriteAllBytes(Path.Combine(place, "manifest.json"), manifest);
        File.WriteAllText(Path.Combine(place, "manifest.json.sig"), Convert.ToBase64String(key.SignData(manifest, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)));
        // In one go: nobody finds half a checkpoint.
        Directory.Move(place, Path.Combine(folder, name));
        (Last, LastRoot) = (name, RootOf(files));
    }

    public IReadOnlyDictionary<string, string> Read(string name) => Directory.EnumerateFiles(Path.Combine(folder, Path.GetFileName(name)))
        .Where(file => !Path.GetFileName(file).StartsWith("manifest.json", StringComparison.Ordinal))
        .ToDictionary(file => Path.GetFileName(file), File.ReadAllText);
}
