namespace RolloutWorkflows.Playbooks;

/// <summary>What a breach does to the soak's clock.</summary>
public enum SoakBreach
{
    /// <summary>The time up to the breach no longer counts.</summary>
    Reset,

    /// <summary>The interval of the breach does not count.</summary>
    Extend,

    /// <summary>The clock stops and the run holds.</summary>
    Hold,
}
