namespace RolloutWorkflows.Activities;

/// <summary>What GitHub asks where a job wants to deploy to an environment with a custom protection rule. Whoever makes one has verified the webhook and that its callback address is the configured GitHub's.</summary>
public sealed record ProtectionQuestion
{
    /// <summary>owner/name.</summary>
    public required string Repository { get; init; }

    /// <summary>The environment's name, such as <c>production</c>.</summary>
    public required string Environment { get; init; }

    /// <summary>The workflow run that waits; the callback address names it.</summary>
    public required long WorkflowRunId { get; init; }

    /// <summary>The commit to be deployed, all 40 digits; null: GitHub did not say.</summary>
    public string? Sha { get; init; }

    /// <summary>The branch or tag to be deployed.</summary>
    public string? Ref { get; init; }
}
