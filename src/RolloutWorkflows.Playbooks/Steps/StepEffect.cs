namespace RolloutWorkflows.Playbooks.Steps;

/// <summary>What a kind does to the world, and whether it can be taken back.</summary>
public enum StepEffect
{
    /// <summary>Nothing to take back.</summary>
    None,

    /// <summary>The prior value is journaled and can be restored and read back.</summary>
    Reversible,

    /// <summary>No built-in inverse: the step needs <c>undo</c> or <c>irreversible: true</c>.</summary>
    Irreversible,
}
