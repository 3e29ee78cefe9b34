namespace RolloutWorkflows.Activities;

/// <summary>An issue as it was when it was read.</summary>
public sealed record GitHubIssue
{
    public required long Id { get; init; }

    public required int Number { get; init; }

    public required string Title { get; init; }

    /// <summary>The text; empty where there is none. Line ends as GitHub keeps them: those of web forms are <c>\r\n</c>.</summary>
    public required string Body { get; init; }

    public required GitHubState State { get; init; }

    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>The author; null: the account is gone.</summary>
    public GitHubUser? Author { get; init; }

    /// <summary>The milestone's number; null: none.</summary>
    public int? Milestone { get; init; }

    /// <summary>True: pull requests are issues too.</summary>
    public bool IsPullRequest { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Its page.</summary>
    public required string Url { get; init; }
}
