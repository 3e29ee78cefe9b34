using System.Globalization;
using System.Text;

namespace RolloutWorkflows.Activities;

/// <summary>How a run's evidence lies in a folder: for each document JSON, Markdown, the lines of the record and a signature, and one file that lists them all. Pure.</summary>
public static class EvidenceFiles
{
    /// <summary>The file that lists the documents of a run.</summary>
    public const string ChainName = "chain.json";

    public const string SignatureSuffix = ".sig";

    public const string RecordSuffix = ".record.jsonl";

    /// <summary>The name of a document's files without what ends them, such as <c>0003-promotion-ten-percent</c>.</summary>
    public static string NameOf(StoredEvidence document)
    {
        var kind = document.Kind.ToString().ToLowerInvariant();
        var stage = document.Stage is null ? "" : $"-{string.Concat(document.Stage.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-' ? letter : '_'))}";
        return string.Create(CultureInfo.InvariantCulture, $"{document.Number:0000}-{kind}{stage}");
    }

    /// <summary>The files of one document.</summary>
    public static IReadOnlyList<EvidenceFile> Of(StoredEvidence document)
    {
        var name = NameOf(document);
        var files = new List<EvidenceFile>
        {
            new($"{name}.json", Encoding.UTF8.GetBytes(document.Json), "application/json"),
            new($"{name}.md", Encoding.UTF8.GetBytes(document.Markdown), "text/markdown; charset=utf-8"),
            new($"{name}{RecordSuffix}", Encoding.UTF8.GetBytes(document.Record), "application/jsonl"),
        };
        if (document.Signature is { } signature) files.Add(new($"{name}.json{SignatureSuffix}", Convert.FromBase64String(signature), "application/octet-stream"));
        return files;
    }

    /// <summary>Writes a file into a folder, whole or not at all. One that stands there with the same content is left alone, and none but the list is overwritten.</summary>
    /// <returns>Null: it stands there. Otherwise why not, in one sentence.</returns>
    public static async Task<string?> WriteAsync(string folder, EvidenceFile file, CancellationToken cancellation)
    {
        var path = Path.Combine(folder, file.Name);
        try
        {
            Directory.CreateDirectory(folder);
            if (File.Exists(path))
            {
                var standing = await File.ReadAllBytesAsync(path, cancellation);
                if (standing.AsSpan().SequenceEqual(file.Content)) return null;
                if (!file.Changes) return $"{path} stands there already with other content; evidence is never overwritten";
            }

            var draft = $"{path}.{Path.GetRandomFileName()}.tmp";
            await using (var stream = new FileStream(draft, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 4096, FileOptions.Asynchronous))
            {
                await stream.WriteAsync(file.Content, cancellation);
                stream.Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite: true);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"{path} cannot be written: {error.Message}";
        }
    }

    /// <summary>The file that lists these documents, which are a run's from its first.</summary>
    public static EvidenceFile ChainOf(IReadOnlyList<StoredEvidence> documents)
    {
        var chain = new EvidenceChain
        {
            Run = documents[0].RunId,
            Head = documents[^1].Sha256,
            Documents =
            [
                .. documents.Select(document => new EvidenceChainLink(document.Number, $"{NameOf(document)}.json", document.Sha256,
                    EvidenceJson.Digest(Encoding.UTF8.GetBytes(document.Markdown)), EvidenceJson.Digest(Encoding.UTF8.GetBytes(document.Record)))),
            ],
        };
        return new EvidenceFile(ChainName, EvidenceJson.Write(chain), "application/json", Changes: true);
    }

    /// <summary>The list and, where it is signed, its signature beside it.</summary>
    /// <param name="chain">The list.</param>
    /// <param name="signature">Its signature in base64; null: it is not signed.</param>
    public static IReadOnlyList<EvidenceFile> Signed(EvidenceFile chain, string? signature) => signature is null
        ? [chain]
        : [chain, new EvidenceFile(chain.Name + SignatureSuffix, Convert.FromBase64String(signature), "application/octet-stream", Changes: true)];
}
