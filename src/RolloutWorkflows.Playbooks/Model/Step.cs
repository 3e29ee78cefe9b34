using System.Text.Json;

namespace RolloutWorkflows.Playbooks;

/// <summary>One use of a step kind: an action with an effect, or a check with a verdict.</summary>
public sealed record Step
{
    /// <summary>Unique in its stage; stated, or derived from the kind and position (<c>flag-rollout-1</c>).</summary>
    public required string Id { get; init; }

    /// <summary>The step kind, such as <c>flag/rollout</c>.</summary>
    public required string Uses { get; init; }

    /// <summary>The kind's configuration; strings may hold <c>${{ }}</c> expressions.</summary>
    public IReadOnlyDictionary<string, JsonElement> With { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>A condition over inputs and outputs; the step is skipped where it is false.</summary>
    public string? If { get; init; }

    /// <summary>The list over which a check is repeated, as an expression or a literal list.</summary>
    public JsonElement? ForEach { get; init; }

    public StepRetry? Retry { get; init; }

    /// <summary>How long one try may take; null: the kind's own limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>True: neither Failed nor Errored stops the stage.</summary>
    public bool ContinueOnError { get; init; }

    public string? Surface { get; init; }

    /// <summary>The inverse of an effect that has no built-in one.</summary>
    public StepCall? Undo { get; init; }

    /// <summary>True: the effect stays in place on a rollback, and the playbook says so.</summary>
    public bool Irreversible { get; init; }

    /// <summary>The value that a rollback restores instead of the one found before the effect.</summary>
    public JsonElement? RollbackTo { get; init; }
}
