namespace RolloutWorkflows.Host;

/// <summary>One flag of <c>GET /status.json</c>. Allowlists are people's names, so only their length is shown.</summary>
public sealed record LiveFlag
{
    public required string Name { get; init; }

    public required bool Enabled { get; init; }

    /// <summary>The share of users who have it; 0 or 100 for a flag without percentages.</summary>
    public required double Percent { get; init; }

    public required bool Canary { get; init; }

    public required int CanaryUsers { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
