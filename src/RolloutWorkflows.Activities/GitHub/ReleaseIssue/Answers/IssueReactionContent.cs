using System.Text.Json;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>What the outbox keeps of a reaction.</summary>
/// <param name="ReactTo">The comment's number.</param>
/// <param name="Reaction">Which one.</param>
internal sealed record IssueReactionContent(long ReactTo, GitHubReaction Reaction)
{
    /// <summary>The reaction of a message; null: it is a comment.</summary>
    public static IssueReactionContent? Of(ChannelMessage message) =>
        message.Content.TryGetProperty("reactTo", out _) ? message.Content.Deserialize<IssueReactionContent>(PlaybookJson.Options) : null;
}
