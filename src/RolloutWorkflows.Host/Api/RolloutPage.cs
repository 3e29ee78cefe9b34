namespace RolloutWorkflows.Host;

/// <summary>The answer of <c>GET /api/rollouts</c>: newest first.</summary>
public sealed record RolloutPage
{
    public required IReadOnlyList<RolloutSummary> Items { get; init; }

    /// <summary>Give it as <c>?after=</c> for the next page; null at the end.</summary>
    public string? Next { get; init; }
}
