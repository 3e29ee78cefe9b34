namespace RolloutWorkflows.Counterparts;

/// <summary>One edit of an issue's text.</summary>
/// <param name="Editor">Who; null: the account is gone.</param>
/// <param name="EditedAt">When.</param>
/// <param name="Text">The whole text after it; null: the revision was deleted.</param>
public sealed record FakeBodyEdit(FakeAccount? Editor, DateTimeOffset EditedAt, string? Text);
