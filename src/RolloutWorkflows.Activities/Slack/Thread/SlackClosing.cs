using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>How a question ended.</summary>
/// <param name="ApprovalId">Which question.</param>
/// <param name="Outcome">One line in Slack's markup.</param>
/// <param name="At">When it ended, where that is known.</param>
/// <param name="Open">The question with its votes as it ended; null where only its id is known.</param>
internal sealed record SlackClosing(string ApprovalId, string Outcome, DateTimeOffset? At, OpenApproval? Open);
