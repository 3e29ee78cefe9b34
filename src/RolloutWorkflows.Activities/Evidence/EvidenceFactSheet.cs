using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities;

/// <summary>Everything that one document is made of, as it was read.</summary>
internal sealed record EvidenceFactSheet
{
    public required RunView Run { get; init; }

    /// <summary>The run's record from its first line to the one that closes the document.</summary>
    public required IReadOnlyList<RunLogEntry> Lines { get; init; }

    /// <summary>How many of them earlier documents cover.</summary>
    public required int Covered { get; init; }

    public required IReadOnlyList<EffectRecord> Effects { get; init; }

    /// <summary>The guardrails of the attempt in hand.</summary>
    public required IReadOnlyList<EvidenceGuardrail> Guardrails { get; init; }

    /// <summary>Every version of every document attached to the run.</summary>
    public required IReadOnlyList<RunDocument> Documents { get; init; }

    public required IStepCatalog Catalog { get; init; }

    public RunLogEntry Closing => Lines[^1];

    public IEnumerable<RunLogEntry> News => Lines.Skip(Covered);

    /// <summary>The lines of the attempt in hand, from its opening on; empty at an end.</summary>
    public IEnumerable<RunLogEntry> OfAttempt() =>
        Closing is { Kind: not RunLogKind.Ended, Stage: { } stage }
            ? Lines.SkipWhile(line => !(line.Kind == RunLogKind.StageOpened && line.Stage == stage && line.Attempt == Closing.Attempt)).Where(line => line.Stage == stage)
            : [];
}
