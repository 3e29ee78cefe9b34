using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host;

/// <summary>One line of <c>GET /api/rollouts</c>.</summary>
public sealed record RolloutSummary
{
    public required string RunId { get; init; }

    public required string Playbook { get; init; }

    public required RunState State { get; init; }

    public required string Because { get; init; }

    public string? Stage { get; init; }

    public required string StartedBy { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How many questions wait for people.</summary>
    public int OpenApprovals { get; init; }
}
