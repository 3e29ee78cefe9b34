using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>What a rollback starts with.</summary>
public sealed record RollbackInput
{
    public required string RunId { get; init; }

    public required int Epoch { get; init; }

    public required RollbackTarget To { get; init; }

    public required string Stage { get; init; }

    public required int Attempt { get; init; }

    public required IReadOnlyList<string> OpenedStages { get; init; }

    /// <summary>Why, in one sentence.</summary>
    public required string Cause { get; init; }

    /// <summary>A person, or <see cref="Actors.Rollout"/>.</summary>
    public required string Actor { get; init; }

    /// <summary>The breaching measurement or the command, on the real clock: from here the objective counts.</summary>
    public required DateTimeOffset CausedAt { get; init; }

    public TimeSpan? Objective { get; init; }
}
