namespace RolloutWorkflows.Orchestrations;

/// <summary>What a stage, a soak or a rollback tells the run. The run is the only arbiter: its children never talk to each other.</summary>
public sealed record RunSignal
{
    public required RunSignalKind Kind { get; init; }

    /// <summary>The instance that sends it; signals of stages and soaks that the run has left are ignored.</summary>
    public required string From { get; init; }

    /// <summary>One sentence for people.</summary>
    public required string Message { get; init; }

    /// <summary>For <see cref="RunSignalKind.PhaseEntered"/>: the move on the transition table.</summary>
    public RunTrigger? Trigger { get; init; }

    /// <summary>For <see cref="RunSignalKind.Stuck"/>: what people may choose besides rollback and abort.</summary>
    public IReadOnlyList<RunVerb> Choices { get; init; } = [];

    /// <summary>For <see cref="RunSignalKind.Stuck"/>: the persons and groups whose role owns the gate that does not pass.</summary>
    public IReadOnlyList<string> Owners { get; init; } = [];

    /// <summary>For <see cref="RunSignalKind.GlassBroken"/>: who did it, as the host established.</summary>
    public string? Actor { get; init; }

    /// <summary>For <see cref="RunSignalKind.GlassBroken"/> and <see cref="RunSignalKind.DocumentAttached"/>: why.</summary>
    public string? Reason { get; init; }

    /// <summary>For <see cref="RunSignalKind.DocumentAttached"/>.</summary>
    public RunDocument? Document { get; init; }

    /// <summary>For <see cref="RunSignalKind.DocumentAttached"/>: by which the line of the record is found that answers it.</summary>
    public string? CommandId { get; init; }

    /// <summary>For <see cref="RunSignalKind.DocumentationAwaited"/>: who waits for what.</summary>
    public AwaitedMark? Awaits { get; init; }

    public StepStatus? Step { get; init; }

    public ApprovalQuestion? Question { get; init; }

    public SoakEvent? Soak { get; init; }

    /// <summary>For <see cref="RunSignalKind.VerdictChanged"/>.</summary>
    public GuardrailEvidence? Evidence { get; init; }

    public RollbackReport? Rollback { get; init; }
}
