namespace RolloutWorkflows.Counterparts;

/// <summary>A check run at the fake GitHub.</summary>
/// <param name="Name">The check.</param>
/// <param name="Sha">The commit.</param>
/// <param name="Status">Such as <c>completed</c>.</param>
/// <param name="Conclusion">Such as <c>success</c>.</param>
public sealed record FakeCheckRun(string Name, string Sha, string Status, string? Conclusion)
{
    public long Id { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public string App { get; init; } = "github-actions";
}
