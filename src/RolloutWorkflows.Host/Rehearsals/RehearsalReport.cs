namespace RolloutWorkflows.Host;

/// <summary>The body of a reported rehearsal.</summary>
public sealed record RehearsalReport
{
    /// <summary>SHA-256 of the playbook's text that was rehearsed, in hex.</summary>
    public required string Digest { get; init; }

    public required IReadOnlyList<ReportedStage> Stages { get; init; }
}
