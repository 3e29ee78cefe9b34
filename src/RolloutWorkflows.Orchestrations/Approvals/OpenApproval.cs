using RolloutWorkflows.Playbooks;

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

    /// <summary>What people need to decide it, as of when it was asked; null where there is nothing to show.</summary>
    public DecisionPack? Pack { get; init; }

    /// <summary>Pack and subject as people are shown them, the same in every channel.</summary>
    public ShownToPeople Shown { get; init; } = new("", []);

    /// <summary>Why it is asked again: what was approved, or asked for, against what stands now; empty the first time.</summary>
    public IReadOnlyList<string> Differences { get; init; } = [];

    /// <summary>The persons who may answer, fixed when it was asked.</summary>
    public required IReadOnlyList<string> Electorate { get; init; }

    public required int Needed { get; init; }

    public IReadOnlyList<Vote> Votes { get; init; } = [];

    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>When silence ends it, the time not counted in which its stage's windows are closed; null: never.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>What silence until the deadline leads to; null where it has none.</summary>
    public ApprovalFallback? OnTimeout { get; init; }

    /// <summary>When those who have not answered are reminded yet; empty where they were, or there is no deadline. The last time is that of the escalation.</summary>
    public IReadOnlyList<DateTimeOffset> RemindsAt { get; init; } = [];

    /// <summary>Persons, groups and channels that are told before the deadline passes.</summary>
    public IReadOnlyList<string> EscalatesTo { get; init; } = [];

    /// <summary>When they were told; null: not yet.</summary>
    public DateTimeOffset? EscalatedAt { get; init; }

    /// <summary>Why the time to its deadline stands still now; null where it runs.</summary>
    public string? StandsStill { get; init; }
}
