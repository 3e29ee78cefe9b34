namespace RolloutWorkflows.Activities;

/// <summary>Which runs of a workflow are looked for.</summary>
public sealed record GitHubWorkflowRunFilter
{
    /// <summary>What started them, such as <c>workflow_dispatch</c>.</summary>
    public string? Event { get; init; }

    public string? Branch { get; init; }

    /// <summary>Only those created at or after this moment.</summary>
    public DateTimeOffset? CreatedSince { get; init; }

    public string? HeadSha { get; init; }

    /// <summary>How many at most, newest first; default 30.</summary>
    public int Limit { get; init; } = 30;
}
