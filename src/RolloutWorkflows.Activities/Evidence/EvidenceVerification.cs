using System.Security.Cryptography;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Holds exported evidence against itself, without a server: every document against its own canonical form, against the one
/// before it, against the list of all and against its record, its Markdown and its signature. Pure.
/// </summary>
public sealed class EvidenceVerification
{
    /// <summary>The files by their path.</summary>
    public required IReadOnlyDictionary<string, byte[]> Files { get; init; }

    /// <summary>True where whole folders were given: then every document from the first one on must be there, with what belongs to it.</summary>
    public bool Whole { get; init; }

    /// <summary>The digest that the last document must have, known from elsewhere; null: it is not known.</summary>
    public string? Head { get; init; }

    /// <summary>The public key in PEM that every document must be signed with; null: signatures are not looked at.</summary>
    public string? PublicKey { get; init; }

    /// <summary>One verdict for each run that has documents among the files, by run; none where no file is a document.</summary>
    /// <exception cref="FormatException">The public key is none.</exception>
    public IReadOnlyList<EvidenceVerdict> Verify()
    {
        using var key = ImportKey();
        // Other JSON may lie about; a file that is named like a document must be one.
        var read = Files.Where(file => EvidenceFileRead.IsDocument(file.Key)).Select(file => EvidenceFileRead.Of(file.Key, file.Value))
            .Where(file => file.Document is not null || file.NumberInName is not null).ToList();
        return
        [
            .. read.GroupBy(file => (Folder: Path.GetDirectoryName(file.Path) ?? "", Run: file.Document?.Run.Id ?? RunBeside(file, read)))
                .OrderBy(group => group.Key.Run, StringComparer.Ordinal)
                .Select(group => new EvidenceChainCheck(this, group.Key.Folder, group.Key.Run, [.. group], key).Check()),
        ];
    }

    /// <summary>An unreadable document belongs to the run whose others lie beside it.</summary>
    private static string RunBeside(EvidenceFileRead unreadable, List<EvidenceFileRead> all) =>
        all.FirstOrDefault(other => other.Document is not null && Path.GetDirectoryName(other.Path) == Path.GetDirectoryName(unreadable.Path))?.Document!.Run.Id
        ?? Path.GetFileName(Path.GetDirectoryName(unreadable.Path)) ?? "unknown";

    private ECDsa? ImportKey()
    {
        if (PublicKey is null) return null;
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(PublicKey);
            return key;
        }
        catch (Exception unusable) when (unusable is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new FormatException("it is no public ECDSA key in PEM", unusable);
        }
    }
}
