using System.Text.Json;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>One line of the effect journal: what was to be changed, what stood there before, and what became of it.</summary>
public sealed record EffectRecord
{
    /// <summary>Unique; the idempotency key of the step that intended it.</summary>
    public required string EffectId { get; init; }

    public required string RunId { get; init; }

    /// <summary>Order within the run; a rollback goes from the highest down.</summary>
    public required long Sequence { get; init; }

    public required int Epoch { get; init; }

    public required string Stage { get; init; }

    public required int Attempt { get; init; }

    public required string StepId { get; init; }

    public required string Uses { get; init; }

    /// <summary>What is changed, such as <c>flag:intent_bar_v1_rollout</c>.</summary>
    public required string Target { get; init; }

    /// <summary>The value found before; JSON null where there was none.</summary>
    public JsonElement Prior { get; init; }

    /// <summary>The value to be set.</summary>
    public JsonElement Intended { get; init; }

    /// <summary>The value that people let stand instead of <see cref="Intended"/> when somebody had changed it. A rollback still compares with what the run set.</summary>
    public JsonElement? Accepted { get; init; }

    public required EffectState State { get; init; }

    public string? Surface { get; init; }

    /// <summary>The value that a rollback restores instead of <see cref="Prior"/>, where the playbook says so.</summary>
    public JsonElement? RollbackTo { get; init; }

    /// <summary>The value to set where somebody else changed the target and neither of two values is the lower one.</summary>
    public JsonElement? Safe { get; init; }

    /// <summary>What takes the effect back, where its kind has no inverse of its own.</summary>
    public StepCall? Undo { get; init; }

    /// <summary>The effect that this one takes back as its <c>undo</c>; a rollback leaves such lines alone.</summary>
    public string? Undoes { get; init; }

    /// <summary>True: the playbook says that it stays on a rollback.</summary>
    public bool Irreversible { get; init; }

    /// <summary>When the intent was written, on the real clock.</summary>
    public DateTimeOffset IntendedAt { get; init; }
}
