using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>Asks for the epoch to be raised and the work of a rollback to be listed. Repeating it changes nothing more.</summary>
public sealed record RollbackRequest
{
    public required string RunId { get; init; }

    /// <summary>The new epoch: intents of older ones refuse to act from now on.</summary>
    public required int Epoch { get; init; }

    /// <summary>The one surface whose effects are to be undone, and whose intents alone are refused; null: all of the run's.</summary>
    public string? Surface { get; init; }

    /// <summary>Rollbacks of single surfaces that this one overtook: what they had left to do is done here.</summary>
    public IReadOnlyList<RollbackScope> Interrupted { get; init; } = [];

    public required RollbackTarget To { get; init; }

    /// <summary>The stage in which the run stands.</summary>
    public required string Stage { get; init; }

    public required int Attempt { get; init; }

    /// <summary>Stages in the order in which they opened, the present one last.</summary>
    public required IReadOnlyList<string> OpenedStages { get; init; }
}
