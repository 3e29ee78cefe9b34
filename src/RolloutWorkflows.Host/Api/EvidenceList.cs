using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary>The answer of <c>GET /api/rollouts/{id}/evidence</c>.</summary>
public sealed record EvidenceList
{
    public required string RunId { get; init; }

    /// <summary>SHA-256 of the newest document; keep it elsewhere, and nobody can take the last ones away unnoticed. Null: there is none yet.</summary>
    public string? Head { get; init; }

    /// <summary>By number.</summary>
    public required IReadOnlyList<EvidenceSummary> Documents { get; init; }

    /// <summary>The signature, in base64, of the list <c>chain.json</c> of these documents as an export writes it; null: there is none yet, or the host has no key.</summary>
    public string? ChainSignature { get; init; }

    internal static EvidenceList Of(string runId, IReadOnlyList<StoredEvidence> documents, string? chainSignature) => new()
    {
        RunId = runId,
        Head = documents.Count == 0 ? null : documents[^1].Sha256,
        ChainSignature = chainSignature,
        Documents = [.. documents.Select(EvidenceSummary.Of)],
    };
}
