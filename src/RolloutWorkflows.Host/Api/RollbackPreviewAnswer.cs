using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host;

/// <summary>What a rollback would do if it were asked for now; the answer of <c>GET /api/rollouts/{id}/rollback</c>.</summary>
public sealed record RollbackPreviewAnswer
{
    public required string RunId { get; init; }

    public required RunState State { get; init; }

    /// <summary>How far back: <c>start</c>, <c>stage-start</c>, a stage, or a percentage.</summary>
    public required string To { get; init; }

    /// <summary>The stage from which it would go back.</summary>
    public required string Stage { get; init; }

    /// <summary>Within which time, where the playbook states one.</summary>
    public TimeSpan? Objective { get; init; }

    /// <summary>Newest first, which is the order in which they would be undone.</summary>
    public required IReadOnlyList<RestorationPreview> Effects { get; init; }

    /// <summary>The server's clock when it looked.</summary>
    public required DateTimeOffset Now { get; init; }
}
