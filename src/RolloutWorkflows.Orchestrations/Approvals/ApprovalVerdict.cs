namespace RolloutWorkflows.Orchestrations;

/// <summary>What the votes so far, or silence, have made of a question.</summary>
public enum ApprovalVerdict
{
    Open,
    Approved,
    Rejected,
    TimedOut,
}
