namespace RolloutWorkflows.Activities;

/// <summary>A commit.</summary>
/// <param name="Sha">All 40 digits.</param>
/// <param name="Message">Title and text.</param>
/// <param name="CommittedAt">By the committer's clock.</param>
/// <param name="Url">Its page.</param>
public sealed record GitHubCommit(string Sha, string Message, DateTimeOffset? CommittedAt, string Url);
