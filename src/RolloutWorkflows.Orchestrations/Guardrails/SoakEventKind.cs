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
}
