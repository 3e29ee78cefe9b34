using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>A question that was decided, or closed without an answer.</summary>
/// <param name="ApprovalId">Which one.</param>
/// <param name="Approved">True: yes. False: no. Null: nobody decided it.</param>
/// <param name="Votes">Who said what.</param>
/// <param name="At">When.</param>
internal sealed record IssueDecision(string ApprovalId, bool? Approved, IReadOnlyList<Vote> Votes, DateTimeOffset At);
