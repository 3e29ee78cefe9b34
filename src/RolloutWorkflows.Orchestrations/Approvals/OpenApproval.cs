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

    /// <summary>The persons who may answer, fixed when it was asked.</summary>
    public required IReadOnlyList<string> Electorate { get; init; }

    public required int Needed { get; init; }

    public IReadOnlyList<Vote> Votes { get; init; } = [];

    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>When silence ends it; null: never.</summary>
    public DateTimeOffset? Deadline { get; init; }
}
