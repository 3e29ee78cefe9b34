using System.Security.Cryptography;
using System.Text;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities.Tests;

/// <summary>The exported evidence of a made-up run of four documents, as files that a test may tamper with.</summary>
internal sealed class EvidenceFolderOnPaper
{
    public const string Run = "run-1";

    private readonly ECDsa? key;

    public EvidenceFolderOnPaper(ECDsa? key = null, string cause = "promoted", bool ends = true)
    {
        this.key = key;
        Files = new(StringComparer.Ordinal);
        var documents = Make(cause, ends);
        foreach (var file in documents.SelectMany(EvidenceFiles.Of).Append(EvidenceFiles.ChainOf(documents))) Put(file.Name, file.Content);
        if (key is not null) Put(EvidenceFiles.ChainName + EvidenceFiles.SignatureSuffix, Sign(Files[PathOf(EvidenceFiles.ChainName)]));
        Documents = documents;
    }

    public SortedDictionary<string, byte[]> Files { get; }

    public IReadOnlyList<StoredEvidence> Documents { get; }

    public static string PathOf(string name) => Path.Combine(Run, name);

    public string Text(string name) => Encoding.UTF8.GetString(Files[PathOf(name)]);

    public void Put(string name, byte[] content) => Files[PathOf(name)] = content;

    public void Edit(string name, string from, string to)
    {
        var before = Text(name);
        Assert.Contains(from, before, StringComparison.Ordinal);
        Put(name, Encoding.UTF8.GetBytes(before.Replace(from, to, StringComparison.Ordinal)));
    }

    public void Remove(string stem)
    {
        foreach (var name in Files.Keys.Where(name => name.StartsWith(PathOf(stem), StringComparison.Ordinal)).ToList()) Files.Remove(name);
    }

    public EvidenceVerdict Verify(bool whole = true, string? head = null, string? publicKey = null) =>
        Assert.Single(new EvidenceVerification { Files = Files, Whole = whole, Head = head, PublicKey = publicKey }.Verify());

    private List<StoredEvidence> Make(string cause, bool ends)
    {
        (EvidenceKind Kind, string? Stage)[] all = [(EvidenceKind.Promotion, "canary"), (EvidenceKind.Promotion, "ten-percent"), (EvidenceKind.Promotion, "all"), (ends ? EvidenceKind.End : EvidenceKind.Promotion, ends ? null : "more")];
        var documents = new List<StoredEvidence>();
        foreach (var (kind, stage) in all) documents.Add(Make(documents, kind, stage, cause));
        return documents;
    }

    private StoredEvidence Make(List<StoredEvidence> before, EvidenceKind kind, string? stage, string cause)
    {
        var number = before.Count + 1;
        var at = new DateTimeOffset(2026, 3, 1 + number, 9, 0, 0, TimeSpan.Zero);
        var lines = Enumerable.Range(2 * number - 1, 2).Select(line => new RunLogEntry { EntryId = $"e{line}", RunId = Run, At = at, PlaybookTime = at, Kind = RunLogKind.Held, Actor = "rollout", Message = $"line {line}" });
        var record = EvidenceProjection.RecordOf(lines);
        var document = new EvidenceDocument
        {
            Number = number,
            Previous = before.LastOrDefault()?.Sha256,
            Kind = kind,
            Summary = $"{stage ?? "the run"} {cause}",
            At = at,
            MadeAt = at,
            Record = new EvidenceRecordRange(2 * number - 1, 2 * number, EvidenceJson.Digest(record)),
            Run = new EvidenceRun { Id = Run, Playbook = "web4-mycelia", PlaybookDigest = "p", InputsDigest = "i", StartedBy = "ada", StartedAt = at },
            Stage = stage is null ? null : new EvidenceStage { Name = stage, Attempt = 1 },
        };
        var json = EvidenceJson.Write(document);
        return new StoredEvidence
        {
            RunId = Run,
            Number = number,
            Kind = kind,
            Stage = stage,
            At = at,
            Summary = document.Summary,
            LastLine = 2 * number,
            Sha256 = EvidenceJson.Digest(json),
            Previous = document.Previous,
            Json = Encoding.UTF8.GetString(json),
            Markdown = EvidenceMarkdown.Of(document, EvidenceJson.Digest(json)),
            Record = Encoding.UTF8.GetString(record),
            Signature = key is null ? null : Convert.ToBase64String(Sign(json)),
        };
    }

    private byte[] Sign(byte[] content) => key!.SignData(content, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
}
