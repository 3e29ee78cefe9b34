namespace RolloutWorkflows.Activities;

/// <summary>A run of a GitHub Actions workflow.</summary>
public sealed record GitHubWorkflowRun
{
    public required long Id { get; init; }

    /// <summary>The workflow's name.</summary>
    public string? Name { get; init; }

    /// <summary>What <c>run-name</c> made of it.</summary>
    public string? Title { get; init; }

    public required long WorkflowId { get; init; }

    /// <summary>What started it, such as <c>workflow_dispatch</c>.</summary>
    public required string Event { get; init; }

    /// <summary><c>queued</c>, <c>in_progress</c>, <c>completed</c>, <c>waiting</c>, <c>requested</c> or <c>pending</c>.</summary>
    public string? Status { get; init; }

    /// <summary>Where completed: <c>success</c>, <c>failure</c>, <c>neutral</c>, <c>cancelled</c>, <c>skipped</c>, <c>timed_out</c>, <c>action_required</c> or <c>stale</c>.</summary>
    public string? Conclusion { get; init; }

    public required string HeadSha { get; init; }

    public string? HeadBranch { get; init; }

    /// <summary>Counts from 1 and rises when it is run again.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>Who started it.</summary>
    public GitHubUser? Actor { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Its page.</summary>
    public required string Url { get; init; }
}
