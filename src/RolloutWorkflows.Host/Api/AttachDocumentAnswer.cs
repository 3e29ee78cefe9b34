using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host;

/// <summary>The answer of <c>PUT /api/rollouts/{id}/documents/{name}</c>.</summary>
public sealed record AttachDocumentAnswer
{
    public required string RunId { get; init; }

    public required RunDocument Document { get; init; }

    /// <summary>False where the run has not written it into its record yet, and will.</summary>
    public required bool Recorded { get; init; }
}
