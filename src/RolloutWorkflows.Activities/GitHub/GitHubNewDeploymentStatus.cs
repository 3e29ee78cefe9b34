namespace RolloutWorkflows.Activities;

/// <summary>How a deployment stands from now on.</summary>
/// <param name="State">The state.</param>
public sealed record GitHubNewDeploymentStatus(GitHubDeploymentState State)
{
    /// <summary>At most 140 characters.</summary>
    public string? Description { get; init; }

    /// <summary>Where more is to be read.</summary>
    public Uri? LogUrl { get; init; }

    /// <summary>Where what was deployed is to be seen.</summary>
    public Uri? EnvironmentUrl { get; init; }

    /// <summary>Whether earlier deployments to the environment become inactive with a success; null: GitHub's default.</summary>
    public bool? AutoInactive { get; init; }
}
