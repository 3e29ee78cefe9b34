namespace RolloutWorkflows.Playbooks;

/// <summary>What a stage passes through, in order.</summary>
public enum GateKind
{
    /// <summary>The windows open.</summary>
    Window,

    /// <summary>The checks before the first step pass.</summary>
    Ready,

    /// <summary>An approval before the steps.</summary>
    ApprovalBefore,

    /// <summary>The steps are done.</summary>
    Steps,

    /// <summary>The soak is over.</summary>
    Soak,

    /// <summary>The criteria have passed.</summary>
    Criteria,

    /// <summary>An approval of the evidence.</summary>
    Approval,

    /// <summary>The owner confirms the start, or the promotion.</summary>
    Owner,

    /// <summary>The stage is promoted.</summary>
    Promotion,
}
