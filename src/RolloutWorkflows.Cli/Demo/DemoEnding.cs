namespace RolloutWorkflows.Cli;

/// <summary>How a run is expected to end, with a fault or without.</summary>
internal enum DemoEnding
{
    /// <summary>Every stage is promoted.</summary>
    Succeeds,

    /// <summary>The run takes everything back by itself, within its objective.</summary>
    RollsBack,

    /// <summary>The run holds; then the fault is switched off, the run is tried again and succeeds.</summary>
    HoldsAndGoesOn,

    /// <summary>The run holds, and people abort it: nothing had been changed that needs taking back.</summary>
    HoldsAndIsAborted,

    /// <summary>The run holds, and people send it back.</summary>
    HoldsAndIsSentBack,

    /// <summary>The run takes everything back by itself; then the fault is switched off, the run is tried again and succeeds.</summary>
    RollsBackAndGoesOn,

    /// <summary>None of these: the scene's own checks say.</summary>
    Otherwise,
}
