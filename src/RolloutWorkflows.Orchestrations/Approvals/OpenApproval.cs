namespace RolloutWorkflows.Orchestrations;

/// <summary>A question that is open now, and what has been answered so far.</summary>
public sealed record OpenApproval
{
    /// <summary><c>run/stage/attempt/digest</c>: names exactly what is approved.</summary>
    public required string ApprovalId { get; init; }

    public required string Name { get; init; }

    public required string Stage { get; init; }

    /// <summary>What is asked, in one or two sentences.</summary>
    public required string Prompt { get; init; }

    /// <summary>What is approved, line by line; when one of them changes, the question is void and asked again.</summary>
    public IReadOnlyList<SubjectLine> Subject { get; init; } = [];

    /// <summary>Why it is asked again: what was approved, or asked for, against what stands now; empty the first time.</summary>
    public IReadOnlyList<string> Differences { get; init; } = [];

    /// <summary>The persons who may answer, fixed when it was asked.</summary>
    public required IReadOnlyList<string> Electorate { get; init; }

    public required int Needed { get; init; }

    public IReadOnlyList<Vote> Votes { get; init; } = [];

    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>When silence ends it, the time not counted in which its stage's windows are closed; null: never.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Why the time to its deadline stands still now; null where it runs.</summary>
    public string? StandsStill { get; init; }
}
