namespace RolloutWorkflows.Activities;

/// <summary>What the outbox keeps of one comment.</summary>
/// <param name="Text">The comment, without its tag.</param>
/// <param name="Asks">The question that it asks; null: none.</param>
/// <param name="Settles">The question that it says is decided or void, which the comment that asked it is told too; null: none.</param>
internal sealed record IssueCommentContent(string Text, string? Asks = null, string? Settles = null);
