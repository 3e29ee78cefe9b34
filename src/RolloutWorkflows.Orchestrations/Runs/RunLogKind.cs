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
    /// <summary>Those who have not answered a question were reminded before its deadline.</summary>
    ApprovalReminded,

    /// <summary>Others were told that a question is about to end undecided.</summary>
    ApprovalEscalated,
    CommandAccepted,
    CommandRefused,
    Held,
    Resumed,
    StagePromoted,
    RollbackStarted,
    EffectCompensated,
    RollbackFinished,
    Ended,

    /// <summary>A target reads otherwise than the run set it, or could not be read too often.</summary>
    DriftFound,

    /// <summary>Everything reads again as the run set it.</summary>
    DriftGone,

    /// <summary>People accepted what stands, or had the run set its values again.</summary>
    DriftSettled,

    /// <summary>Somebody changed by hand what the run leases.</summary>
    GlassBroken,

    /// <summary>Something that should not happen: an event that cannot be read, or a fault of the rollout itself.</summary>
    Faulted,

    /// <summary>A later run takes over from an earlier one; stands in the records of both.</summary>
    Superseded,

    /// <summary>The run was handed over.</summary>
    OwnerChanged,

    /// <summary>People were told something.</summary>
    Announced,

    /// <summary>A stage goes on once the release issue shows what stands above this line.</summary>
    DocumentationAwaited,

    /// <summary>Somebody had a parked message of the outbox tried again, or dropped one.</summary>
    OutboxChanged,

    /// <summary>A document was attached to the run.</summary>
    DocumentAttached,
}
