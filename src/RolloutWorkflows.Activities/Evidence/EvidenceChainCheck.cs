using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace RolloutWorkflows.Activities;

/// <summary>Checks the documents of one run in one folder.</summary>
internal sealed class EvidenceChainCheck(EvidenceVerification asked, string folder, string runId, List<EvidenceFileRead> files, ECDsa? key)
{
    private readonly List<EvidenceProblem> problems = [];
    private readonly List<string> notes = [];
    private EvidenceChain? chain;
    private int signed;

    public EvidenceVerdict Check()
    {
        ReadChain();
        EvidenceFileRead? before = null;
        foreach (var file in files.OrderBy(file => file.Number).ThenBy(file => file.Path, StringComparer.Ordinal))
        {
            if (chain is not null && LinkOf(file) is null) Problem(file.Number, file.Path, "inserted", $"{EvidenceFiles.ChainName} does not list it");
            Follow(before, file);
            Itself(file);
            Beside(file);
            if (before is null || file.Number > before.Number) before = file;
        }

        End(before);
        return new EvidenceVerdict
        {
            RunId = runId,
            Documents = files.Count,
            Head = before?.Sha256,
            Signed = signed,
            Problems = [.. problems.OrderBy(problem => problem.Number)],
            Notes = notes,
        };
    }

    private void ReadChain()
    {
        var path = Path.Combine(folder, EvidenceFiles.ChainName);
        if (!asked.Files.TryGetValue(path, out var content))
        {
            if (asked.Whole) notes.Add($"There is no {EvidenceFiles.ChainName}.");
            return;
        }

        try
        {
            var read = JsonSerializer.Deserialize<EvidenceChain>(content, EvidenceJson.Options);
            if (read?.Format != EvidenceChain.CurrentFormat || read.Run != runId) throw new JsonException($"it is no list of the documents of {runId}");
            chain = read;
            if (read.Documents.Count == 0 || read.Documents[^1].Sha256 != read.Head || read.Documents.Select((link, index) => link.Number - index).Any(number => number != 1))
                Problem(read.Documents.Count, path, "edited", "its head and its list do not fit each other");
        }
        catch (JsonException unreadable)
        {
            Problem(0, path, "unreadable", $"it cannot be read: {unreadable.Message}");
        }

        if (key is not null) Signature(0, path, content);
        else notes.Add($"{EvidenceFiles.ChainName} was not held against a signature: whoever can take documents away can rewrite it too. Compare the head with one that is kept elsewhere (--head), or state the public key.");
    }

    /// <summary>Whether a document stands behind the one before it.</summary>
    private void Follow(EvidenceFileRead? before, EvidenceFileRead file)
    {
        var expected = (before?.Number ?? 0) + 1;
        if (file.NumberInName is { } named && file.Document is { } own && named != own.Number)
            Problem(file.Number, file.Path, "reordered", $"its name says that it is document {named}, it says itself that it is {own.Number}");
        if (before is not null && file.Number == before.Number)
        {
            Problem(file.Number, file.Path, "inserted", $"{Path.GetFileName(before.Path)} is document {file.Number} as well");
            return;
        }

        if (file.Number > expected)
        {
            var gap = expected == file.Number - 1 ? $"document {expected} is missing" : $"documents {expected} to {file.Number - 1} are missing";
            if (before is null && !asked.Whole) notes.Add($"It begins with document {file.Number}: what was before it was not looked at.");
            else Problem(expected, file.Path, "missing", $"{gap} before this one");
            return;
        }

        if (file.Document is not { } document || HasProblem(file)) return;
        if (before is null)
        {
            if (document.Previous is not null) Problem(file.Number, file.Path, "edited", "it is the first document and names one before it");
            if (document.Record.From != 1) Problem(file.Number, file.Path, "edited", $"it is the first document and covers the record from line {document.Record.From}");
            return;
        }

        if (document.Record.From != before.Document?.Record.To + 1 && before.Document is not null)
            Problem(file.Number, file.Path, "edited", $"it covers the record from line {document.Record.From}, the document before to line {before.Document.Record.To}");
        if (document.Previous == before.Sha256 || HasProblem(before)) return;
        if (chain is not null && LinkOf(before)?.Sha256 == before.Sha256)
            Problem(file.Number, file.Path, "edited", $"it names {document.Previous ?? "nothing"} as the document before, whose digest is {before.Sha256}");
        else
            Problem(before.Number, before.Path, "edited", $"document {file.Number} was written behind a document {before.Number} with digest {document.Previous ?? "none"}, this one has {before.Sha256}");
    }

    private void Itself(EvidenceFileRead file)
    {
        if (file.Flaw is { } flaw) Problem(file.Number, file.Path, file.Document is null ? "unreadable" : "edited", flaw);
        else if (file.Document!.Run.Id != runId) Problem(file.Number, file.Path, "inserted", $"it is of the run {file.Document.Run.Id}");
        if (!HasProblem(file) && LinkOf(file) is { } link && link.Sha256 != file.Sha256)
            Problem(file.Number, file.Path, "edited", $"{EvidenceFiles.ChainName} lists it with digest {link.Sha256}, it has {file.Sha256}");
    }

    /// <summary>What belongs to a document: the lines of the record, the Markdown, the signature.</summary>
    private void Beside(EvidenceFileRead file)
    {
        if (Read(file.Stem + EvidenceFiles.RecordSuffix, file, "the lines of the record") is { } record && file.Document is { } document && EvidenceJson.Digest(record) != document.Record.Sha256)
            Problem(file.Number, file.Stem + EvidenceFiles.RecordSuffix, "edited", $"these are not the lines of the record that document {file.Number} covers: expected digest {document.Record.Sha256}, got {EvidenceJson.Digest(record)}");
        if (Read($"{file.Stem}.md", file, "the Markdown") is { } markdown && !HasProblem(file))
        {
            if (!Encoding.UTF8.GetString(markdown).Contains(file.Sha256, StringComparison.Ordinal)) Problem(file.Number, $"{file.Stem}.md", "edited", "it does not name the digest of its JSON");
            else if (LinkOf(file) is { } link && link.MarkdownSha256 != EvidenceJson.Digest(markdown)) Problem(file.Number, $"{file.Stem}.md", "edited", $"{EvidenceFiles.ChainName} lists it with another digest");
        }

        if (key is not null && asked.Files.TryGetValue(file.Path, out var content)) Signature(file.Number, file.Path, content);
    }

    private byte[]? Read(string path, EvidenceFileRead file, string what)
    {
        if (asked.Files.TryGetValue(path, out var content)) return content;
        if (asked.Whole) Problem(file.Number, path, "missing", $"{what} of document {file.Number} are not there");
        else notes.Add($"{what} of document {file.Number} were not looked at.");
        return null;
    }

    private void Signature(int number, string path, byte[] content)
    {
        if (!asked.Files.TryGetValue(path + EvidenceFiles.SignatureSuffix, out var signature)) Problem(number, path, "signature", "it is not signed");
        else if (!key!.VerifyData(content, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)) Problem(number, path, "signature", "its signature is not that of this key");
        else signed++;
    }

    private void End(EvidenceFileRead? last)
    {
        var number = last?.Number ?? 0;
        var path = last?.Path ?? folder;
        if (chain?.Documents.Where(link => link.Number > number).ToList() is { Count: > 0 } lost)
            Problem(number + 1, Path.Combine(folder, lost[0].File), "truncated", $"{EvidenceFiles.ChainName} lists {lost.Count} more document(s) after this one, which are missing");
        if (asked.Head is { } head && last is not null && !head.Equals(last.Sha256, StringComparison.OrdinalIgnoreCase))
            Problem(number, path, "truncated", $"the last document has digest {last.Sha256}, expected {head}: documents behind it are missing, or it was edited");
        if (chain is null && asked.Head is null && last?.Document is { Kind: not EvidenceKind.End })
            notes.Add($"Document {number} is not the end of the run, and nothing lists the documents: whether more followed cannot be known.");
    }

    private EvidenceChainLink? LinkOf(EvidenceFileRead file) => chain?.Documents.FirstOrDefault(link => link.Number == file.Number);

    private bool HasProblem(EvidenceFileRead file) => problems.Any(problem => problem.Number == file.Number && problem.File == file.Path);

    private void Problem(int number, string file, string kind, string message) => problems.Add(new EvidenceProblem(number, file, kind, message));
}
