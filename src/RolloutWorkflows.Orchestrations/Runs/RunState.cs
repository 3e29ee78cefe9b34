namespace RolloutWorkflows.Orchestrations;

/// <summary>Where a run stands. Succeeded and Aborted are final; RolledBack waits for people.</summary>
public enum RunState
{
    Pending,

    /// <summary>A window is closed.</summary>
    Waiting,

    /// <summary>Preflight and readiness checks.</summary>
    Checking,
    AwaitingApproval,

    /// <summary>Carrying out the stage's steps.</summary>
    Acting,
    Soaking,

    /// <summary>The last fresh measurement before the next stage.</summary>
    Promoting,

    /// <summary>People must decide how it goes on.</summary>
    Holding,
    RollingBack,
    RolledBack,
    Succeeded,
    Aborted,
}
