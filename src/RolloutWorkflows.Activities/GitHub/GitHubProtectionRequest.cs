namespace RolloutWorkflows.Activities;

/// <summary>A deployment of GitHub Actions that waits for this host's protection rule, as a verified webhook tells of it.</summary>
public sealed record GitHubProtectionRequest
{
    public required GitHubRepository Repository { get; init; }

    /// <summary>The workflow run that waits, by which it is answered.</summary>
    public required long WorkflowRunId { get; init; }

    /// <summary>The environment that it would deploy to.</summary>
    public required string Environment { get; init; }

    /// <summary>The deployment; null: the webhook names none.</summary>
    public long? DeploymentId { get; init; }

    /// <summary>The commit to be deployed; null: the webhook names none.</summary>
    public string? Sha { get; init; }

    /// <summary>The branch or tag to be deployed; null: the webhook names none.</summary>
    public string? Ref { get; init; }
}
