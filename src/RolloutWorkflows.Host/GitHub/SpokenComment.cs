using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary>A comment as its author wrote it, by whichever way it reached us.</summary>
internal sealed record SpokenComment
{
    public required long Id { get; init; }

    /// <summary>The author; null: the account is gone.</summary>
    public GitHubUser? Author { get; init; }

    /// <summary>The App through which it was written; null: none.</summary>
    public long? ViaAppId { get; init; }

    public required string Body { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Later than <see cref="CreatedAt"/>: somebody edited it, and nobody knows who wrote what.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    public bool IssueIsOpen { get; init; } = true;

    public bool IsEdited => UpdatedAt > CreatedAt;
}
