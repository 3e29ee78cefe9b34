namespace RolloutWorkflows.Activities;

/// <summary>One edit in the history of an issue's text, the creation among them.</summary>
/// <param name="Editor">Who; null: the account is gone, or GitHub does not name it.</param>
/// <param name="EditedAt">When.</param>
/// <param name="Text">What GitHub calls the difference and is the whole text after the edit; null: the revision was deleted, or we lack write access.</param>
public sealed record GitHubBodyEdit(GitHubUser? Editor, DateTimeOffset EditedAt, string? Text);
