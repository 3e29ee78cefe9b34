namespace RolloutWorkflows.Playbooks;

/// <summary>The three answers of a condition.</summary>
public enum ConditionResult
{
    False,
    True,

    /// <summary>It cannot be decided: a value is missing or not a number, or something was divided by zero.</summary>
    Undecided,
}
