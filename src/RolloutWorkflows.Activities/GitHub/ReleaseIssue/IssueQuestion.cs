namespace RolloutWorkflows.Activities;

/// <summary>A question that a stage puts to people, before, while and after it is open.</summary>
internal sealed record IssueQuestion
{
    /// <summary>Its name in <see cref="Orchestrations.OpenApproval"/>.</summary>
    public required string Name { get; init; }

    public required IssueBox Box { get; init; }

    /// <summary>What is asked, where that is known before it is asked.</summary>
    public string Prompt { get; init; } = "";

    /// <summary>Who would be asked; empty: anyone.</summary>
    public IReadOnlyList<string> Electorate { get; init; } = [];

    public int Needed { get; init; } = 1;

    /// <summary>True for the owner's word before the run's first stage opens.</summary>
    public bool IsStart { get; init; }

    /// <summary>For a confirmation or sign-off: the part of the stage in which it stands, and so its step's result; null for approvals.</summary>
    public string? Part { get; init; }
}
