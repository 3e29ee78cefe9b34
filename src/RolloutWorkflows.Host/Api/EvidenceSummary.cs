using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary>One document of a run's evidence, without what it says.</summary>
public sealed record EvidenceSummary
{
    public required int Number { get; init; }

    public required EvidenceKind Kind { get; init; }

    /// <summary>The stage that was promoted or went back; absent for an end.</summary>
    public string? Stage { get; init; }

    public int? Attempt { get; init; }

    /// <summary>When what it tells of happened.</summary>
    public required DateTimeOffset At { get; init; }

    public required string Summary { get; init; }

    /// <summary>Of the document's JSON.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Of the document before; absent for the first.</summary>
    public string? Previous { get; init; }

    /// <summary>The last line of the run's record that it covers, counted from 1.</summary>
    public required int LastLine { get; init; }

    /// <summary>An ECDSA signature of the JSON with SHA-256, DER in base64; absent where the server has no key.</summary>
    public string? Signature { get; init; }

    /// <summary>The name of its files when exported, without what ends them.</summary>
    public required string Name { get; init; }

    internal static EvidenceSummary Of(StoredEvidence document) => new()
    {
        Number = document.Number,
        Kind = document.Kind,
        Stage = document.Stage,
        Attempt = document.Attempt,
        At = document.At,
        Summary = document.Summary,
        Sha256 = document.Sha256,
        Previous = document.Previous,
        LastLine = document.LastLine,
        Signature = document.Signature,
        Name = EvidenceFiles.NameOf(document),
    };
}
