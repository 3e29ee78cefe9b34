using System.Text.Json;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>What a rollback starts with.</summary>
public sealed record RollbackInput
{
    public required RolloutInput Rollout { get; init; }

    public required PlaybookClock Clock { get; init; }

    /// <summary>What surrounds the compensation: quiesce, recovery plays, verification, objective.</summary>
    public required RollbackPlan Plan { get; init; }

    /// <summary>Outputs of the run's steps so far.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, JsonElement>> Outputs { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, JsonElement>>();

    public required int Epoch { get; init; }

    public required RollbackTarget To { get; init; }

    /// <summary>The one surface that goes back; null: the whole run.</summary>
    public string? Surface { get; init; }

    /// <summary>Rollbacks of single surfaces that this one overtook.</summary>
    public IReadOnlyList<RollbackScope> Interrupted { get; init; } = [];

    public required string Stage { get; init; }

    public required int Attempt { get; init; }

    public required IReadOnlyList<string> OpenedStages { get; init; }

    /// <summary>Why, in one sentence.</summary>
    public required string Cause { get; init; }

    /// <summary>A person, or <see cref="Actors.Rollout"/>.</summary>
    public required string Actor { get; init; }

    /// <summary>The breaching measurement or the command, on the real clock: from here the objective counts.</summary>
    public required DateTimeOffset CausedAt { get; init; }
}
