using System.Text.Json;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>What a step's activity gets: its resolved configuration and where in which run it stands.</summary>
public sealed record StepRequest
{
    public required string RunId { get; init; }

    public required string Playbook { get; init; }

    public required string Stage { get; init; }

    /// <summary>1 for the first try of the stage, one more after each retry.</summary>
    public required int Attempt { get; init; }

    public required string StepId { get; init; }

    public required string Uses { get; init; }

    /// <summary>The configuration with all expressions resolved, but for secrets, which only the activity may know.</summary>
    public IReadOnlyDictionary<string, JsonElement> With { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>The run's epoch when the step was sent. An effect of an older epoch than the run's refuses to act.</summary>
    public required int Epoch { get; init; }

    /// <summary>On whose behalf: the starter, or whoever commanded.</summary>
    public required string Actor { get; init; }

    /// <summary>How long this try may take; null: the kind's own limit. Never more than a minute.</summary>
    public TimeSpan? Timeout { get; init; }

    public string? Surface { get; init; }

    public bool Irreversible { get; init; }

    public StepCall? Undo { get; init; }

    /// <summary>The effect that this step takes back, where it is the <c>undo</c> of one.</summary>
    public string? Undoes { get; init; }

    public JsonElement? RollbackTo { get; init; }

    /// <summary>When the stage's attempt opened, in real time; null where the step stands in none.</summary>
    public DateTimeOffset? StageOpenedAt { get; init; }

    /// <summary>When the stage's attempt before was rolled back, in real time: what was found out before then is not known to hold any more. Null where none was.</summary>
    public DateTimeOffset? RolledBackAt { get; init; }

    /// <summary>When this try began, in playbook time; null where nothing runs the step over time.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When this call was made, in playbook time. Later than <see cref="StartedAt"/> where the step asked to be called again; for a guardrail the time on its grid.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>What the call before this one asked to <see cref="StepResult.Keep"/>; null for the first.</summary>
    public JsonElement? Kept { get; init; }

    /// <summary>The playbook's metrics, for kinds that name one.</summary>
    public IReadOnlyDictionary<string, Metric> Metrics { get; init; } = new Dictionary<string, Metric>();

    /// <summary>The playbook's channels, for kinds that name one.</summary>
    public Channels Channels { get; init; } = new();
}
