namespace RolloutWorkflows.Orchestrations;

/// <summary>The ends of an attempt at a stage.</summary>
public enum StageOutcomeKind
{
    Promoted,

    /// <summary>A step failed, or people or a deadline decided so: the run must go back.</summary>
    RollBack,

    /// <summary>The run told it to stop.</summary>
    Stopped,
}
