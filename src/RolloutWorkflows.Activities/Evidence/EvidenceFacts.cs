using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>One guardrail over a whole attempt.</summary>
internal sealed record EvidenceGuardrail
{
    public required string Name { get; init; }

    /// <summary>Its conditions, such as <c>fails at result &gt; 5%</c>; empty for a check.</summary>
    public required string Conditions { get; init; }

    /// <summary>True: it only said what it would have done.</summary>
    public bool Shadow { get; init; }

    public int Measured { get; init; }

    /// <summary>How many measurements came to each verdict.</summary>
    public IReadOnlyDictionary<string, int> Verdicts { get; init; } = new Dictionary<string, int>();

    /// <summary>Grid points that passed without a measurement.</summary>
    public int Skipped { get; init; }

    public double? Lowest { get; init; }

    public double? Highest { get; init; }

    /// <summary>The measurement that stood worst: by verdict, then by how near its value came to the failure.</summary>
    public Measurement? Worst { get; init; }

    public Measurement? Last { get; init; }
}

/// <summary>What the soak came to.</summary>
internal sealed record EvidenceSoak
{
    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How it ended, in one sentence.</summary>
    public string? Outcome { get; init; }

    /// <summary>Clean time needed and counted, time that did not count, and how often the clock began again; absent where people ended it or an older server kept no account.</summary>
    public EvidenceSoakAccount? Account { get; init; }

    /// <summary>What did not count, and why.</summary>
    public IReadOnlyList<EvidenceEvent> DidNotCount { get; init; } = [];
}

/// <summary>A soak's account, with durations as playbooks write them.</summary>
/// <param name="Needed">Clean time that was needed.</param>
/// <param name="Counted">Clean time that counted.</param>
/// <param name="Lost">Time that did not count.</param>
/// <param name="Resets">How often its clock began again.</param>
/// <param name="LastBreach">The last breach in one sentence.</param>
/// <param name="Counts">What its counters came to.</param>
internal sealed record EvidenceSoakAccount(string Needed, string Counted, string Lost, int Resets, string? LastBreach, IReadOnlyList<CountedIncrease> Counts)
{
    public static EvidenceSoakAccount Of(SoakAccount account) =>
        new(PlaybookDuration.Format(account.Needed), PlaybookDuration.Format(account.Counted), PlaybookDuration.Format(account.Lost), account.Resets, account.LastBreach, account.Counts);
}

/// <summary>A question to people, and what became of it.</summary>
internal sealed record EvidenceApproval
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Prompt { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    public required string Outcome { get; init; }

    public required int Needed { get; init; }

    public IReadOnlyList<string> Electorate { get; init; } = [];

    public IReadOnlyList<EvidenceVote> Votes { get; init; } = [];

    /// <summary>Names what people were shown; each vote holds the digest of what that person was shown.</summary>
    public string? ShownDigest { get; init; }

    /// <summary>What they were shown, line by line.</summary>
    public IReadOnlyList<string> Shown { get; init; } = [];

    /// <summary>What the approval was bound to.</summary>
    public IReadOnlyList<SubjectLine> BoundTo { get; init; } = [];
}

/// <summary>A rollback as it was carried out.</summary>
internal sealed record EvidenceRollback
{
    public required string To { get; init; }

    public required string Cause { get; init; }

    public required string Actor { get; init; }

    /// <summary>The surface that went back alone; absent: the whole run.</summary>
    public string? Surface { get; init; }

    /// <summary>From the beginning of the fault to the breach.</summary>
    public string? Detected { get; init; }

    public string? Took { get; init; }

    public string? Objective { get; init; }

    public bool? ObjectiveMet { get; init; }

    public IReadOnlyList<EvidenceRestoration> Restored { get; init; } = [];

    public IReadOnlyList<StepStatus> Steps { get; init; } = [];

    public IReadOnlyList<StandingEffect> Standing { get; init; } = [];

    public int LeftInPlace { get; init; }
}

/// <summary>What taking one effect back came to.</summary>
internal sealed record EvidenceRestoration(string Target, CompensationOutcome Outcome, string Message, DateTimeOffset At);

/// <summary>One person's answer.</summary>
/// <param name="Person">Who.</param>
/// <param name="Approves">Yes or no.</param>
/// <param name="Via">By which way.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why, where it was said.</param>
/// <param name="Shown">The digest of what that person was shown.</param>
internal sealed record EvidenceVote(string Person, bool Approves, string Via, DateTimeOffset At, string? Reason, string Shown);
