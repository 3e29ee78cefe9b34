namespace RolloutWorkflows.Host;

/// <summary>The answer of <c>GET /status.json</c>: what is being rolled out now, and how far.</summary>
public sealed record LiveStatus
{
    public required DateTimeOffset Now { get; init; }

    /// <summary>Runs that have not ended, newest first.</summary>
    public required IReadOnlyList<RolloutSummary> Rollouts { get; init; }

    public required IReadOnlyList<LiveFlag> Flags { get; init; }
}
