namespace RolloutWorkflows.Orchestrations;

/// <summary>Where a stage stands within its run.</summary>
public enum StageState
{
    Ahead,
    Open,
    Promoted,
    RolledBack,

    /// <summary>Left where it stood, by an abort.</summary>
    Stopped,
}
