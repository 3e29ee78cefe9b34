namespace RolloutWorkflows.Activities;

/// <summary>An issue to be opened.</summary>
/// <param name="Title">One line.</param>
/// <param name="Body">At most 65,536 characters.</param>
public sealed record GitHubNewIssue(string Title, string Body)
{
    /// <summary>Labels that are not there yet are made by GitHub. Without write access they are dropped silently.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>The milestone's number.</summary>
    public int? Milestone { get; init; }
}
