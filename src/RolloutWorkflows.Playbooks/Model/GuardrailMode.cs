namespace RolloutWorkflows.Playbooks;

/// <summary>Whether a guardrail acts, or only says what it would have done.</summary>
public enum GuardrailMode
{
    Enforce,
    Shadow,
}
