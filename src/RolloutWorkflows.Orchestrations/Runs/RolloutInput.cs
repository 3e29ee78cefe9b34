using System.Text.Json;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>Everything a run starts with, pinned: later edits of the playbook or of people never change it.</summary>
public sealed record RolloutInput
{
    /// <summary>Also the orchestration's instance id.</summary>
    public required string RunId { get; init; }

    public required Playbook Playbook { get; init; }

    /// <summary>SHA-256 of the playbook's text as loaded, in hex.</summary>
    public required string PlaybookDigest { get; init; }

    /// <summary>All inputs, defaults filled in.</summary>
    public IReadOnlyDictionary<string, JsonElement> Inputs { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>Who may answer, resolved by the host when the run started.</summary>
    public People People { get; init; } = new();

    /// <summary>The holidays that its windows name, as they stood when the run started.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Holiday>> Holidays { get; init; } = new Dictionary<string, IReadOnlyList<Holiday>>();

    /// <summary>The last rehearsal of each stage's way back; empty where nobody has reported one of this playbook.</summary>
    public IReadOnlyList<StageRehearsal> Rehearsals { get; init; } = [];

    public required string StartedBy { get; init; }

    public string? Reason { get; init; }

    /// <summary>The documents that were attached at its start.</summary>
    public IReadOnlyList<RunDocument> Documents { get; init; } = [];

    /// <summary>Set where it takes over from an earlier run of the same playbook.</summary>
    public SupersededRun? Supersedes { get; init; }

    /// <summary>Set where a run that had ended goes back after all: what it was, and who asks.</summary>
    public ReopenedRun? Reopened { get; init; }

    /// <summary>How many times faster than real time soaks, guardrail intervals, criteria intervals and windows pass; 1 outside demos. Time-outs for people, objectives and audit times are never compressed.</summary>
    public double TimeCompression { get; init; } = 1;
}
