namespace RolloutWorkflows.Playbooks;

/// <summary>How long, and by which counters, a stage must prove itself before its criteria are asked.</summary>
public sealed record Soak
{
    /// <summary>Clean time that must pass; zero where only counters decide.</summary>
    public TimeSpan For { get; init; }

    public IReadOnlyList<SoakCount> Count { get; init; } = [];

    /// <summary>From the start of the soak until its criteria must have passed; null: twice <see cref="For"/>.</summary>
    public TimeSpan? AtMost { get; init; }

    /// <summary>Hold or rollback when <see cref="AtMost"/> passes; default hold.</summary>
    public Reaction OnTimeout { get; init; } = Reaction.Hold;

    /// <summary>True: only time counts in which guardrails are green, metrics reachable and nothing drifted.</summary>
    public bool Clean { get; init; } = true;

    /// <summary>What a breach does to the clock; null: reset for Failed, extend otherwise.</summary>
    public SoakBreach? OnBreach { get; init; }

    /// <summary>True: keep guarding, do not block the next stage.</summary>
    public bool Watch { get; init; }

    /// <summary><see cref="AtMost"/>, or its default.</summary>
    public TimeSpan EffectiveAtMost => AtMost ?? For * 2;
}
