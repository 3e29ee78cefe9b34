namespace RolloutWorkflows.Playbooks.Steps;

/// <summary>Whether a kind acts or asks. Checks may stand wherever a verdict is wanted; actions only in steps.</summary>
public enum StepRole
{
    Action,
    Check,
}
