using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>A question that a stage asks the run to put to people.</summary>
public sealed record ApprovalQuestion
{
    /// <summary><c>run/stage/attempt/digest</c>.</summary>
    public required string ApprovalId { get; init; }

    public required Approval Approval { get; init; }

    public required string Prompt { get; init; }

    /// <summary>True where the run's owner answers, whoever that is when it is asked.</summary>
    public bool OfOwner { get; init; }

    /// <summary>What is approved, line by line.</summary>
    public IReadOnlyList<SubjectLine> Subject { get; init; } = [];

    /// <summary>What people need to decide it; null where there is nothing to show.</summary>
    public DecisionPack? Pack { get; init; }

    /// <summary>The question, open or answered, that this one takes the place of; null where it is asked for the first time.</summary>
    public string? Voids { get; init; }

    /// <summary>Why it is asked again: what was approved against what stands now.</summary>
    public IReadOnlyList<string> Differences { get; init; } = [];
}
