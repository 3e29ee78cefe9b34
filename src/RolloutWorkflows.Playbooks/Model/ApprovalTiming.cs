namespace RolloutWorkflows.Playbooks;

/// <summary>When an approval is asked.</summary>
public enum ApprovalTiming
{
    Before,
    After,
}
