namespace RolloutWorkflows.Activities;

/// <summary>Which deployments are looked for.</summary>
public sealed record GitHubDeploymentFilter
{
    public string? Environment { get; init; }

    public string? Ref { get; init; }

    public string? Sha { get; init; }

    public string? Task { get; init; }

    /// <summary>How many at most, newest first; default 30.</summary>
    public int Limit { get; init; } = 30;
}
