namespace RolloutWorkflows.Activities;

/// <summary>What lists a run's documents beside them, so that a missing one at the end is noticed.</summary>
internal sealed record EvidenceChain
{
    public const string CurrentFormat = "rolloutworkflows/evidence-chain/v1";

    public string Format { get; init; } = CurrentFormat;

    public required string Run { get; init; }

    /// <summary>SHA-256 of the last document.</summary>
    public required string Head { get; init; }

    public required IReadOnlyList<EvidenceChainLink> Documents { get; init; }
}

/// <summary>One document of a chain.</summary>
internal sealed record EvidenceChainLink(int Number, string File, string Sha256, string MarkdownSha256, string RecordSha256);
