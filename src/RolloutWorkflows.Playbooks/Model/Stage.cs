namespace RolloutWorkflows.Playbooks;

/// <summary>One stage: readiness, actions, soak, criteria, approval, promotion and its way back.</summary>
public sealed record Stage
{
    /// <summary>How often criteria are measured once the soak has passed, unless the stage says otherwise.</summary>
    public static readonly TimeSpan DefaultCriteriaInterval = TimeSpan.FromMinutes(5);

    public required string Name { get; init; }

    public string? Title { get; init; }

    /// <summary>Names of stages that must be promoted first; empty: the stage before it in the file.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    public Milestone? Milestone { get; init; }

    /// <summary>The surface that the stage moves; null: all.</summary>
    public string? Surface { get; init; }

    public Windows? Windows { get; init; }

    /// <summary>Checks after the common preflight and before the first action.</summary>
    public IReadOnlyList<Step> Ready { get; init; } = [];

    public IReadOnlyList<Approval> Approvals { get; init; } = [];

    public IReadOnlyList<Step> Steps { get; init; } = [];

    public Soak? Soak { get; init; }

    public IReadOnlyList<Step> Criteria { get; init; } = [];

    public TimeSpan CriteriaInterval { get; init; } = DefaultCriteriaInterval;

    public IReadOnlyList<Guardrail> Guardrails { get; init; } = [];

    /// <summary>The whole way back once loaded: what the file leaves out here comes from the playbook's rollback.</summary>
    public RollbackPlan? Rollback { get; init; }

    /// <summary>What a <c>retry</c> of this stage after a rollback needs besides its own gates.</summary>
    public RetryPolicyOfStage? Retry { get; init; }
}
