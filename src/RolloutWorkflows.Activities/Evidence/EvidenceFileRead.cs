using System.Globalization;
using System.Text.Json;

namespace RolloutWorkflows.Activities;

/// <summary>One file that should be a document, as it was read.</summary>
internal sealed record EvidenceFileRead
{
    public required string Path { get; init; }

    /// <summary>Null: it is none.</summary>
    public EvidenceDocument? Document { get; init; }

    /// <summary>Why it is none, or not as it was written; null: it is.</summary>
    public string? Flaw { get; init; }

    public required string Sha256 { get; init; }

    /// <summary>The number that its name begins with.</summary>
    public int? NumberInName { get; init; }

    public int Number => Document?.Number ?? NumberInName ?? 0;

    public string Stem => Path[..^".json".Length];

    public static bool IsDocument(string path) => path.EndsWith(".json", StringComparison.Ordinal) && System.IO.Path.GetFileName(path) != EvidenceFiles.ChainName;

    public static EvidenceFileRead Of(string path, byte[] content)
    {
        var name = System.IO.Path.GetFileName(path);
        var digits = name.TakeWhile(char.IsAsciiDigit).Count();
        var read = new EvidenceFileRead
        {
            Path = path,
            Sha256 = EvidenceJson.Digest(content),
            NumberInName = digits is >= 4 and < 9 && name[digits] == '-' ? int.Parse(name.AsSpan(0, digits), CultureInfo.InvariantCulture) : null,
        };
        try
        {
            using var json = JsonDocument.Parse(content);
            var document = json.RootElement.Deserialize<EvidenceDocument>(EvidenceJson.Options);
            if (document?.Format != EvidenceDocument.CurrentFormat) return read with { Flaw = $"it is no document of evidence that this version knows: expected format {EvidenceDocument.CurrentFormat}, got {document?.Format}" };
            return CanonicalJson.Write(json.RootElement).AsSpan().SequenceEqual(content) ? read with { Document = document } : read with { Document = document, Flaw = "it is not in canonical form, so it was written by something else" };
        }
        catch (Exception unreadable) when (unreadable is JsonException or FormatException or InvalidOperationException)
        {
            return read with { Flaw = $"it cannot be read: {unreadable.Message}" };
        }
    }
}
