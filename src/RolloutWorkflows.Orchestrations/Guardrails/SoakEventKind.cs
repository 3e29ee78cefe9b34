namespace RolloutWorkflows.Orchestrations;

/// <summary>What a tick of the ledger can bring about.</summary>
public enum SoakEventKind
{
    /// <summary>A measurement within its limits that acts on the clock only.</summary>
    Breached,

    /// <summary>A limit was exceeded, or a warning began: the reaction follows.</summary>
    Spoke,

    Passed,

    TimedOut,

    /// <summary>A target reads otherwise than the run set it.</summary>
    Drifted,

    /// <summary>Everything stands again as the run set it.</summary>
    DriftGone,

    /// <summary>A target could not be read too often in a row.</summary>
    Unreadable,
}
