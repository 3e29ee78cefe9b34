namespace RolloutWorkflows.Activities;

/// <summary>What became of a change.</summary>
public enum FlagChangeOutcome
{
    Changed,

    /// <summary>The flag stood so already; audited all the same, and the fence is raised.</summary>
    Unchanged,

    /// <summary>A later change of the same run had been made; nothing was changed.</summary>
    Refused,
}
