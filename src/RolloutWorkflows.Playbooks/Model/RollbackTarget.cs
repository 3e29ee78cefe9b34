namespace RolloutWorkflows.Playbooks;

/// <summary>How far a rollback goes back.</summary>
public sealed record RollbackTarget
{
    public static readonly RollbackTarget StageStart = new() { Kind = RollbackTargetKind.StageStart };

    public static readonly RollbackTarget Start = new() { Kind = RollbackTargetKind.Start };

    public required RollbackTargetKind Kind { get; init; }

    /// <summary>For <see cref="RollbackTargetKind.Stage"/>: the stage whose promoted state is restored.</summary>
    public string? Stage { get; init; }

    /// <summary>For <see cref="RollbackTargetKind.Percent"/>: the percentage that the one percentage flag falls back to.</summary>
    public double? Percent { get; init; }

    public override string ToString() => Kind switch
    {
        RollbackTargetKind.Stage => $"stage {Stage}",
        RollbackTargetKind.Percent => FormattableString.Invariant($"{Percent} %"),
        RollbackTargetKind.Start => "start",
        _ => "stage-start",
    };
}
