namespace RolloutWorkflows.Activities;

/// <summary>A comment on an issue as it was when it was read.</summary>
public sealed record GitHubComment
{
    public required long Id { get; init; }

    public required int IssueNumber { get; init; }

    public required string Body { get; init; }

    /// <summary>The author; null: the account is gone.</summary>
    public GitHubUser? Author { get; init; }

    /// <summary>The App through which it was written; null: none.</summary>
    public long? ViaAppId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Later than <see cref="CreatedAt"/>: somebody with write access has edited it.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Its place on the issue's page.</summary>
    public required string Url { get; init; }
}
