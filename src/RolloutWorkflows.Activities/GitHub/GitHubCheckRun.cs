namespace RolloutWorkflows.Activities;

/// <summary>A check of a commit by an App, GitHub Actions among them; of each name and App only the latest.</summary>
public sealed record GitHubCheckRun
{
    public required long Id { get; init; }

    public required string Name { get; init; }

    /// <summary><c>queued</c>, <c>in_progress</c>, <c>completed</c>, <c>waiting</c>, <c>requested</c> or <c>pending</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Where completed: <c>success</c>, <c>failure</c>, <c>neutral</c>, <c>cancelled</c>, <c>skipped</c>, <c>timed_out</c>, <c>action_required</c> or <c>stale</c>.</summary>
    public string? Conclusion { get; init; }

    /// <summary>The App that reports it, such as <c>github-actions</c>.</summary>
    public string? App { get; init; }

    /// <summary>The commit, all 40 digits.</summary>
    public required string HeadSha { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Its page.</summary>
    public string? Url { get; init; }
}
