using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>Something that a tick of the ledger brought about.</summary>
public sealed record SoakEvent
{
    public required SoakEventKind Kind { get; init; }

    public required string Message { get; init; }

    /// <summary>The guardrail that spoke; null for the soak's own end.</summary>
    public string? Guardrail { get; init; }

    public Reaction Reaction { get; init; } = Reaction.Continue;

    /// <summary>When the guardrail was green last, on the real clock; null: never, or it is not a guardrail's.</summary>
    public DateTimeOffset? CleanAt { get; init; }

    /// <summary>When the first of the measurements was taken that led to this; null where it is not a guardrail's.</summary>
    public DateTimeOffset? BadSince { get; init; }

    /// <summary>The one surface that the guardrail concerns; null: all.</summary>
    public string? Surface { get; init; }

    public Measurement? Measurement { get; init; }

    /// <summary>True: a shadow guardrail, so it only says what it would have done.</summary>
    public bool Shadow { get; init; }

    /// <summary>For <see cref="SoakEventKind.Drifted"/>: what reads otherwise.</summary>
    public IReadOnlyList<DriftedTarget> Drift { get; init; } = [];

    /// <summary>For <see cref="SoakEventKind.Passed"/>: what it came to.</summary>
    public SoakAccount? Account { get; init; }

    /// <summary>Who hears of it.</summary>
    public IReadOnlyList<string> Notify { get; init; } = [];
}
