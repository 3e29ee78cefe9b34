namespace RolloutWorkflows.Playbooks;

/// <summary>What an unanswered or refused approval leads to.</summary>
public enum ApprovalFallback
{
    Hold,
    Reject,
    Rollback,
}
