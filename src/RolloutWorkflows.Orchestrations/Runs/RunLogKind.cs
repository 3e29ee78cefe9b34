namespace RolloutWorkflows.Orchestrations;

/// <summary>The kinds of lines in a run's record.</summary>
public enum RunLogKind
{
    Started,
    StageOpened,
    StateChanged,
    StepFinished,
    SoakStarted,
    SoakBreached,
    SoakFinished,
    GuardrailSpoke,
    CriteriaMeasured,
    ApprovalAsked,
    ApprovalDecided,

    /// <summary>What an approval was bound to changed, so it does not count any more.</summary>
    ApprovalVoided,
    CommandAccepted,
    CommandRefused,
    Held,
    Resumed,
    StagePromoted,
    RollbackStarted,
    EffectCompensated,
    RollbackFinished,
    Ended,

    /// <summary>Something that should not happen: an event that cannot be read, or a fault of the rollout itself.</summary>
    Faulted,

    /// <summary>The run was handed over.</summary>
    OwnerChanged,

    /// <summary>People were told something.</summary>
    Announced,
}
