namespace RolloutWorkflows.Orchestrations;

/// <summary>What a run tells its open stage.</summary>
public sealed record StageControl
{
    /// <summary>The channel that <see cref="StageControlKind.Documented"/> speaks of.</summary>
    public const string DocumentedIn = "releaseIssue";

    public required StageControlKind Kind { get; init; }

    /// <summary>For <see cref="StageControlKind.Answered"/>: which question, and how it was decided.</summary>
    public string? ApprovalId { get; init; }

    public ApprovalVerdict Verdict { get; init; }

    /// <summary>Who decided it, in words.</summary>
    public string? By { get; init; }

    /// <summary>For <see cref="StageControlKind.SoakPassed"/>: what the soak came to; null where people ended it.</summary>
    public SoakAccount? Account { get; init; }

    /// <summary>For <see cref="StageControlKind.EvidenceChanged"/>.</summary>
    public GuardrailEvidence? Evidence { get; init; }

    /// <summary>For <see cref="StageControlKind.Documented"/>: what the stage waited for.</summary>
    public string? Mark { get; init; }

    /// <summary>For <see cref="StageControlKind.DocumentAttached"/>.</summary>
    public RunDocument? Document { get; init; }

    /// <summary>Tells a stage of a document.</summary>
    public static StageControl Attached(RunDocument document) => new() { Kind = StageControlKind.DocumentAttached, Document = document };

    /// <summary>For <see cref="StageControlKind.WatchEnded"/>: which stage.</summary>
    public string? Watched { get; init; }

    /// <summary>Tells a stage that what it waits for is shown.</summary>
    public static StageControl Documented(AwaitedMark awaited) => new() { Kind = StageControlKind.Documented, Mark = awaited.Mark };
}
