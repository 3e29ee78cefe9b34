namespace RolloutWorkflows.Orchestrations;

/// <summary>
/// What people need to decide a question, as it stood when it was put: what was measured, what the soak and the checks came to, what
/// would change and how it would be taken back. It is shown and kept, and binds nothing: approvals are bound to their subject.
/// </summary>
public sealed record DecisionPack
{
    /// <summary>When it was put together, on the real clock.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The stage that a yes opens; null where it opens none.</summary>
    public string? Opens { get; init; }

    /// <summary>Every guardrail of the run and of the stage with its limits and its last measurement.</summary>
    public IReadOnlyList<PackedGuardrail> Guardrails { get; init; } = [];

    /// <summary>What the stage's checks and criteria came to, in the order in which they ran.</summary>
    public IReadOnlyList<StepStatus> Checks { get; init; } = [];

    /// <summary>The newest version of each document attached to the run, by name.</summary>
    public IReadOnlyList<RunDocument> Documents { get; init; } = [];

    /// <summary>The account of the soak; null where none has passed.</summary>
    public SoakAccount? Soak { get; init; }

    /// <summary>What a yes would change, step by step.</summary>
    public IReadOnlyList<PackedChange> Changes { get; init; } = [];

    /// <summary>How the changes would be taken back; null where there are none.</summary>
    public PackedWayBack? WayBack { get; init; }

    /// <summary>What could not be found out, one sentence each.</summary>
    public IReadOnlyList<string> Unknown { get; init; } = [];
}
