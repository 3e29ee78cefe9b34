namespace RolloutWorkflows.Host;

/// <summary>The answer of <c>POST /api/rollouts</c>; its <c>Location</c> header is the run's address.</summary>
public sealed record StartRolloutAnswer
{
    public required string RunId { get; init; }

    public required string Playbook { get; init; }

    /// <summary>SHA-256 of the playbook as the run pinned it.</summary>
    public required string PlaybookDigest { get; init; }

    /// <summary>What of the playbook this server will not do, though the run started; one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
