namespace RolloutWorkflows.Playbooks;

/// <summary>What an approval is an approval of.</summary>
public enum ApprovalBinding
{
    Playbook,
    Inputs,
    Effects,
    Evidence,
}
