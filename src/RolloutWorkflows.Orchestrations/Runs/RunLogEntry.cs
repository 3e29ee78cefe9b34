using System.Text.Json;

namespace RolloutWorkflows.Orchestrations;

/// <summary>One line of a run's record: what happened, where, when, by whom and why. Appended once however often it is delivered.</summary>
public sealed record RunLogEntry
{
    /// <summary>Unique and the same on every replay.</summary>
    public required string EntryId { get; init; }

    public required string RunId { get; init; }

    /// <summary>When the run decided it, in the orchestration's (real) time.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The same moment on the playbook's clock; differs only where waits are compressed.</summary>
    public required DateTimeOffset PlaybookTime { get; init; }

    public required RunLogKind Kind { get; init; }

    public string? Stage { get; init; }

    public int? Attempt { get; init; }

    /// <summary>A person, or <c>rollout</c> for what the run did by itself.</summary>
    public required string Actor { get; init; }

    public string? Reason { get; init; }

    /// <summary>One sentence for people.</summary>
    public required string Message { get; init; }

    /// <summary>The command that this line answers.</summary>
    public string? CommandId { get; init; }

    public JsonElement? Data { get; init; }
}
