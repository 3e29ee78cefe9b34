namespace RolloutWorkflows.Activities;

/// <summary>One document of a run's evidence as it is kept: never changed once it stands.</summary>
public sealed record StoredEvidence
{
    public required string RunId { get; init; }

    /// <summary>From 1, without a gap within its run.</summary>
    public required int Number { get; init; }

    public required EvidenceKind Kind { get; init; }

    /// <summary>The stage that was promoted or went back; null for an end.</summary>
    public string? Stage { get; init; }

    public int? Attempt { get; init; }

    /// <summary>When what it tells of happened, in real time.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What happened, in one sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>The last line of the run's record that it covers, counted from 1 within the run.</summary>
    public required int LastLine { get; init; }

    /// <summary>SHA-256 of <see cref="Json"/> in UTF-8, in lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The digest of the document before; null for the first.</summary>
    public string? Previous { get; init; }

    /// <summary>The document in canonical form (RFC 8785).</summary>
    public required string Json { get; init; }

    /// <summary>The same for people; it names the digest.</summary>
    public required string Markdown { get; init; }

    /// <summary>The lines of the record that it covers, each in canonical form with a line feed behind it.</summary>
    public required string Record { get; init; }

    /// <summary>An ECDSA signature of <see cref="Json"/> with SHA-256, DER in base64; null where the host has no key.</summary>
    public string? Signature { get; init; }
}
