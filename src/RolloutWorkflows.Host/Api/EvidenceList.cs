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

    internal static EvidenceList Of(string runId, IReadOnlyList<StoredEvidence> documents) => new()
    {
        RunId = runId,
        Head = documents.Count == 0 ? null : documents[^1].Sha256,
        Documents = [.. documents.Select(EvidenceSummary.Of)],
    };
}
