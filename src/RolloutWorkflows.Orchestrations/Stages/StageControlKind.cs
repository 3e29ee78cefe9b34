namespace RolloutWorkflows.Orchestrations;

/// <summary>What a stage can be told.</summary>
public enum StageControlKind
{
    /// <summary>Start nothing new until told to resume.</summary>
    Hold,

    Resume,

    /// <summary>End as soon as what is under way has settled.</summary>
    Stop,

    /// <summary>Try again what got the stage stuck.</summary>
    Retry,

    /// <summary>Go on past what got the stage stuck.</summary>
    Ignore,

    /// <summary>Open although the window is closed.</summary>
    Override,

    SoakPassed,

    SoakTimedOut,

    /// <summary>A question was decided.</summary>
    Answered,

    /// <summary>A guardrail's verdict changed, and with it what approvals may be bound to.</summary>
    EvidenceChanged,

    /// <summary>A document was attached to the run, which approvals may be bound to.</summary>
    DocumentAttached,

    /// <summary>An earlier stage is no longer watched: its guardrails have no say in a promotion.</summary>
    WatchEnded,

    /// <summary>The release issue shows what the stage waited for it to show.</summary>
    Documented,
}
