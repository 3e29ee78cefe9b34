namespace RolloutWorkflows.Orchestrations;

/// <summary>Where a stage stands within its run.</summary>
public enum StageState
{
    Ahead,
    Open,
    Promoted,
    RolledBack,

    /// <summary>Promoted by the run that this one supersedes, and not carried out again.</summary>
    TakenOver,

    /// <summary>Left where it stood, by an abort.</summary>
    Stopped,
}
