namespace RolloutWorkflows.Orchestrations;

/// <summary>The kinds of signals that a run's children send.</summary>
public enum RunSignalKind
{
    /// <summary>The stage enters its next part.</summary>
    PhaseEntered,

    /// <summary>The stage is about to change something: from now on the guardrails watch.</summary>
    WatchNeeded,

    /// <summary>The soak's account begins, or begins again.</summary>
    SoakNeeded,

    StepFinished,

    /// <summary>The stage puts a question to people.</summary>
    PeopleAsked,

    /// <summary>What a question was put for has changed: it does not count any more, and another follows.</summary>
    QuestionVoided,

    /// <summary>The stage cannot go on without a choice by people.</summary>
    Stuck,

    /// <summary>The soak passed, timed out, was breached, or a guardrail spoke.</summary>
    Soak,

    /// <summary>A guardrail's last measurement says something else than the one before.</summary>
    VerdictChanged,

    /// <summary>The host let somebody change by hand what the run leases.</summary>
    GlassBroken,

    /// <summary>The host took a document for the run.</summary>
    DocumentAttached,

    /// <summary>A rollback undid an effect, or something blocks it.</summary>
    RollbackProgressed,

    /// <summary>The stage goes on once the release issue shows what its checks came to.</summary>
    DocumentationAwaited,

    /// <summary>A step that takes longer says how far it is.</summary>
    StepProgressed,
}
