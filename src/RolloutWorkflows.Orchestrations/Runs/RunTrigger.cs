namespace RolloutWorkflows.Orchestrations;

/// <summary>What moves a run from state to state.</summary>
public enum RunTrigger
{
    /// <summary>A stage may not open before its window does.</summary>
    WindowClosed,

    /// <summary>Preflight and readiness checks begin.</summary>
    CheckStarted,

    /// <summary>A question to people is open and nothing else can go on.</summary>
    PeopleAsked,

    StepsStarted,

    SoakStarted,

    /// <summary>The last fresh measurement begins.</summary>
    PromotionStarted,

    /// <summary>A person, a guardrail, a failed check or a deadline asks for people.</summary>
    Hold,

    /// <summary>People let it go on: resume, retry or ignore.</summary>
    Resume,

    /// <summary>A person or a guardrail sends it back.</summary>
    Rollback,

    RollbackFinished,

    /// <summary>Nothing else can go on until people decide about a surface that was rolled back.</summary>
    SurfaceWaits,

    /// <summary>A rolled-back run tries again.</summary>
    Retry,

    Abort,

    /// <summary>The last stage was promoted and its watch is over.</summary>
    Succeed,
}
