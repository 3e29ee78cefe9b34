namespace RolloutWorkflows.Playbooks;

/// <summary>What follows when a guardrail's limit is exceeded, weakest first: of several, the strongest wins.</summary>
public enum Reaction
{
    Continue,
    Notify,
    Hold,
    Rollback,
}
