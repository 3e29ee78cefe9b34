namespace RolloutWorkflows.Orchestrations;

/// <summary>Where a surface of a run stands, from well to worse.</summary>
public enum SurfaceState
{
    /// <summary>Nothing of it was moved yet.</summary>
    Ahead,

    /// <summary>What was moved of it stands, and is guarded.</summary>
    Standing,

    /// <summary>A stage that moves it is open.</summary>
    Open,

    /// <summary>People let it be tried again after a rollback; its stage opens in its turn.</summary>
    Retrying,

    /// <summary>None of its stages opens before people resume it.</summary>
    Holding,

    RollingBack,

    /// <summary>It waits for people: retry or abort.</summary>
    RolledBack,
}
