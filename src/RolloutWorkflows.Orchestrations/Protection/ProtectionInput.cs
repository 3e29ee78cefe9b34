namespace RolloutWorkflows.Orchestrations;

/// <summary>An environment of GitHub Actions that waits for a run, and what GitHub was told so far.</summary>
public sealed record ProtectionInput
{
    /// <summary>owner/name.</summary>
    public required string Repository { get; init; }

    public required string Environment { get; init; }

    /// <summary>The workflow run that waits.</summary>
    public required long WorkflowRunId { get; init; }

    /// <summary>The commit to be deployed.</summary>
    public string? Sha { get; init; }

    /// <summary>The branch or tag to be deployed.</summary>
    public string? Ref { get; init; }

    /// <summary>The report that GitHub shows; null: none yet.</summary>
    public string? Told { get; init; }

    /// <summary>How many reports were sent; GitHub takes ten.</summary>
    public int Reports { get; init; }
}
