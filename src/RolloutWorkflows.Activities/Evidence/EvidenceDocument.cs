using System.Text.Json;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>
/// What is known of one moment of a run that counts: a promotion, a rollback, an end. Made of the run's record, journal and
/// measurements alone; JSON and Markdown are written from it.
/// </summary>
internal sealed record EvidenceDocument
{
    public const string CurrentFormat = "rolloutworkflows/evidence/v1";

    public string Format { get; init; } = CurrentFormat;

    /// <summary>From 1, without a gap within its run.</summary>
    public required int Number { get; init; }

    /// <summary>SHA-256 of the document before; absent in the first.</summary>
    public string? Previous { get; init; }

    public required EvidenceKind Kind { get; init; }

    /// <summary>What happened, in one sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>When it happened, in real time.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The same moment on the playbook's clock, where that runs faster.</summary>
    public DateTimeOffset? PlaybookTime { get; init; }

    /// <summary>When the document was made; later than <see cref="At"/> where the server was down meanwhile.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    public required EvidenceRecordRange Record { get; init; }

    public required EvidenceRun Run { get; init; }

    public EvidenceStage? Stage { get; init; }

    /// <summary>Who answered for the run then.</summary>
    public string? Owner { get; init; }

    public IReadOnlyList<EvidenceCheck> Checks { get; init; } = [];

    public IReadOnlyList<EvidenceGuardrail> Guardrails { get; init; } = [];

    public EvidenceSoak? Soak { get; init; }

    public IReadOnlyList<EvidenceApproval> Approvals { get; init; } = [];

    public IReadOnlyList<EvidenceChange> Changes { get; init; } = [];

    /// <summary>The stage's way back, in the words of <c>rollout plan</c>.</summary>
    public IReadOnlyList<string> WayBack { get; init; } = [];

    public EvidenceRollback? Rollback { get; init; }

    /// <summary>Every version of a document that had been attached to the run by then.</summary>
    public IReadOnlyList<RunDocument> Documents { get; init; } = [];

    /// <summary>Commands of people and what else happened meanwhile, in order.</summary>
    public IReadOnlyList<EvidenceEvent> Events { get; init; } = [];

    public IReadOnlyList<EvidenceEvent> Announcements { get; init; } = [];

    /// <summary>At an end: where each stage stands.</summary>
    public IReadOnlyList<EvidenceStage> Stages { get; init; } = [];
}

/// <summary>Which lines of the run's record a document covers, and what they hash to.</summary>
/// <param name="From">The first line, counted from 1 within the run.</param>
/// <param name="To">The last one, which closes the document.</param>
/// <param name="Sha256">Of the lines in canonical form, each with a line feed behind it.</param>
internal sealed record EvidenceRecordRange(int From, int To, string Sha256);

internal sealed record EvidenceRun
{
    public required string Id { get; init; }

    public required string Playbook { get; init; }

    public string? Title { get; init; }

    /// <summary>SHA-256 of the playbook as it was loaded.</summary>
    public required string PlaybookDigest { get; init; }

    /// <summary>SHA-256 of the inputs in canonical form.</summary>
    public required string InputsDigest { get; init; }

    public IReadOnlyDictionary<string, JsonElement> Inputs { get; init; } = new Dictionary<string, JsonElement>();

    public required string StartedBy { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public string? Reason { get; init; }

    public string? Supersedes { get; init; }

    /// <summary>How much faster than real time its waits passed; absent where they did not.</summary>
    public double? TimeCompression { get; init; }
}

internal sealed record EvidenceStage
{
    public required string Name { get; init; }

    public string? Title { get; init; }

    public int Attempt { get; init; }

    public string? Surface { get; init; }

    public string? State { get; init; }

    public EvidenceMilestone? Milestone { get; init; }

    public DateTimeOffset? OpenedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }
}

internal sealed record EvidenceMilestone(string Id, string? Title);

/// <summary>One check or step and what it came to at last.</summary>
/// <param name="Part">Where in the stage: <c>preflight</c>, <c>ready</c>, <c>steps</c>, <c>criteria</c>.</param>
/// <param name="Id">The step's id.</param>
/// <param name="Uses">Its kind.</param>
/// <param name="Verdict">Its last answer.</param>
/// <param name="Message">The same in a sentence.</param>
/// <param name="At">When that was.</param>
/// <param name="Times">How often it ran.</param>
internal sealed record EvidenceCheck(string Part, string Id, string Uses, StepVerdict Verdict, string Message, DateTimeOffset At, int Times);

internal sealed record EvidenceEvent
{
    public required DateTimeOffset At { get; init; }

    public required RunLogKind Kind { get; init; }

    public required string Message { get; init; }

    /// <summary>The person; absent for what the run did by itself.</summary>
    public string? Actor { get; init; }

    public string? Via { get; init; }

    public string? Reason { get; init; }
}

/// <summary>One effect of the journal.</summary>
internal sealed record EvidenceChange
{
    public required string Stage { get; init; }

    public required string Step { get; init; }

    public required string Uses { get; init; }

    public required string Target { get; init; }

    public string? Surface { get; init; }

    public JsonElement? From { get; init; }

    public JsonElement? To { get; init; }

    /// <summary>True: the target stood so already.</summary>
    public bool ChangedNothing { get; init; }

    /// <summary>How the journal stood when the document was made.</summary>
    public required EffectState State { get; init; }

    /// <summary>True: a rollback leaves it in place.</summary>
    public bool Irreversible { get; init; }

    /// <summary>What people let stand in its place.</summary>
    public JsonElement? Accepted { get; init; }

    public DateTimeOffset IntendedAt { get; init; }
}
