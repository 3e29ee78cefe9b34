namespace RolloutWorkflows.Activities;

/// <summary>Messages that were read.</summary>
/// <param name="Messages">In the order in which Slack gives them.</param>
/// <param name="Next">Leads to the next ones; null: there are none.</param>
public sealed record SlackMessages(IReadOnlyList<SlackStanding> Messages, string? Next);
