using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>A question that a step puts to people, answered like an approval.</summary>
public sealed record PeopleQuestion
{
    public required string Prompt { get; init; }

    /// <summary>Who may answer and when silence ends it.</summary>
    public required Approval Approval { get; init; }
}
