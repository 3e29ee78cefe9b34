using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>What a run tells the watch of a stage.</summary>
public sealed record SoakControl
{
    public required SoakControlKind Kind { get; init; }

    /// <summary>For <see cref="SoakControlKind.StartSoak"/>.</summary>
    public Soak? Soak { get; init; }

    /// <summary>For <see cref="SoakControlKind.StartSoak"/>: when <c>atMost</c> ends in playbook time, with the time that stands still in closed windows; the latest moment there is: never.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>For <see cref="SoakControlKind.SetAside"/>: the surface.</summary>
    public string? Surface { get; init; }

    /// <summary>For <see cref="SoakControlKind.TakeUp"/>: its guardrails.</summary>
    public IReadOnlyList<Guardrail> Guardrails { get; init; } = [];

    /// <summary>For <see cref="SoakControlKind.TakeUp"/>: the epoch of the rollback that left it standing.</summary>
    public int Epoch { get; init; }

    /// <summary>For <see cref="SoakControlKind.Intervene"/>: who did what, in one sentence.</summary>
    public string? Why { get; init; }
}
