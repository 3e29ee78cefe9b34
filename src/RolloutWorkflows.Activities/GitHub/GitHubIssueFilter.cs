namespace RolloutWorkflows.Activities;

/// <summary>Which issues are looked for; pull requests are never among them.</summary>
public sealed record GitHubIssueFilter
{
    /// <summary>Only with all of these.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Only by the account of this login; for an App its slug with <c>[bot]</c>.</summary>
    public string? Creator { get; init; }

    /// <summary>Null: open and closed ones.</summary>
    public GitHubState? State { get; init; }

    /// <summary>Only those changed at or after this moment.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>How many at most, newest first; default 100.</summary>
    public int Limit { get; init; } = 100;
}
