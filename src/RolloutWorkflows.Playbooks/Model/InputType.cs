namespace RolloutWorkflows.Playbooks;

/// <summary>The types of inputs.</summary>
public enum InputType
{
    String,
    Number,
    Boolean,
    Duration,
    List,
    Enum,
}
