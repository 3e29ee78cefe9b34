namespace RolloutWorkflows.Activities;

/// <summary>What shall be different about an issue; what is null stays.</summary>
public sealed record GitHubIssueChange
{
    public string? Title { get; init; }

    /// <summary>In place of the whole text: what people wrote since it was read is lost.</summary>
    public string? Body { get; init; }

    public GitHubState? State { get; init; }

    /// <summary>In place of all labels.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>The milestone's number.</summary>
    public int? Milestone { get; init; }
}
