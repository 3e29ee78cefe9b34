namespace RolloutWorkflows.Orchestrations;

/// <summary>What a watch can be told.</summary>
public enum SoakControlKind
{
    /// <summary>The soak's account begins, or begins again.</summary>
    StartSoak,

    /// <summary>People let the run go on: limits start again.</summary>
    Resume,

    /// <summary>A person ended the remaining soak; the guardrails go on.</summary>
    EndSoak,

    /// <summary>The stage was promoted: only the run's own guardrails go on.</summary>
    LeaveStage,

    /// <summary>A later stage has a watch of its own: only what concerns the stage and its soak is told from now on.</summary>
    KeepBeside,

    /// <summary>Somebody interfered: what the soak counted so far no longer does.</summary>
    Intervene,

    /// <summary>One surface goes back: its guardrails end, the others go on.</summary>
    SetAside,

    /// <summary>Something of the surface that went back still stands, and is guarded on.</summary>
    TakeUp,

    Stop,
}
