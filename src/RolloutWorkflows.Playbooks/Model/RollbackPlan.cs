namespace RolloutWorkflows.Playbooks;

/// <summary>The way back: how far, what surrounds the compensation, and how long it may take.</summary>
public sealed record RollbackPlan
{
    /// <summary>How far back; null: the start of the stage.</summary>
    public RollbackTarget? To { get; init; }

    /// <summary>Quiesce steps: at most 60 s, and their failure never stops the compensation.</summary>
    public IReadOnlyList<Step> Before { get; init; } = [];

    /// <summary>Recovery plays after the compensation.</summary>
    public IReadOnlyList<Step> Steps { get; init; } = [];

    /// <summary>Checks that the way back worked.</summary>
    public IReadOnlyList<Step> Verify { get; init; } = [];

    /// <summary>From the breaching measurement to the last read-back, in real time; null: none stated.</summary>
    public TimeSpan? Objective { get; init; }

    /// <summary>The one surface that is rolled back; null: all that the stage moved.</summary>
    public string? Surface { get; init; }
}
