using System.Text.Json;

namespace RolloutWorkflows.Orchestrations;

/// <summary>What one attempt at a stage starts with.</summary>
public sealed record StageInput
{
    public required RolloutInput Rollout { get; init; }

    public required PlaybookClock Clock { get; init; }

    public required string Stage { get; init; }

    /// <summary>The stage that a promotion leads to, whose steps an approval is asked for; null: this is the last.</summary>
    public string? NextStage { get; init; }

    public required int Attempt { get; init; }

    public required int Epoch { get; init; }

    /// <summary>Outputs of the steps of stages promoted before.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, JsonElement>> Outputs { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, JsonElement>>();

    /// <summary>True where the attempt before was rolled back: then the stage's <c>retry</c> approval is asked as well.</summary>
    public bool IsTriedAgain { get; init; }

    /// <summary>When the attempt opened, in real time; null for one that an earlier version of this program opened.</summary>
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>When the attempt before was rolled back, in real time; null where none was.</summary>
    public DateTimeOffset? RolledBackAt { get; init; }

    /// <summary>The newest version of each document attached to the run.</summary>
    public IReadOnlyList<RunDocument> Documents { get; init; } = [];

    /// <summary>The stage before, where it was taken over from another run: what opened this one there is asked again.</summary>
    public string? TakenOverBefore { get; init; }

    /// <summary>Earlier stages whose guardrails go on, since their soak only watches.</summary>
    public IReadOnlyList<string> WatchedOn { get; init; } = [];

    /// <summary>Steps of an earlier attempt that stand, since only a surface was rolled back that they do not belong to: they are left alone.</summary>
    public IReadOnlyList<string> Standing { get; init; } = [];

    /// <summary>What the guardrails said last.</summary>
    public IReadOnlyList<GuardrailEvidence> Evidence { get; init; } = [];
}
