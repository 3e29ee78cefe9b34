using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>Everything that a review is made of, as it was read.</summary>
internal sealed record ReviewFacts
{
    public required RolloutInput Run { get; init; }

    public required string? Owner { get; init; }

    /// <summary>The line with which the last way back began.</summary>
    public required RunLogEntry Began { get; init; }

    /// <summary>The line with which it was done; null while it goes on.</summary>
    public RunLogEntry? Finished { get; init; }

    /// <summary>The run's whole record.</summary>
    public required IReadOnlyList<RunLogEntry> Lines { get; init; }

    public required IReadOnlyList<EffectRecord> Effects { get; init; }

    /// <summary>What was measured shortly before and after the way back began, oldest first.</summary>
    public required IReadOnlyList<MeasurementRow> Around { get; init; }

    public DateTimeOffset? FirstFailedAt { get; init; }

    public RollbackReport? Report => Finished?.DataAs<RollbackReport>();

    public string Stage => Began.Stage ?? Run.Playbook.Stages[0].Name;

    public int Attempt => Began.Attempt ?? 1;

    public Stage? StageOfPlaybook => Run.Playbook.FindStage(Stage);

    public string Cause => Report?.Cause ?? (Began.Message.IndexOf(": ", StringComparison.Ordinal) is var cut and > 0 ? Began.Message[(cut + 2)..] : Began.Message);

    /// <summary>What went back, or is to: the effects of the report, or of the attempt while there is none.</summary>
    public IReadOnlyList<EffectRecord> Concerned =>
    [
        .. Effects.Where(effect => effect.Uses != "incident/open" && (Report is { } report
            ? report.Effects.Any(undone => undone.EffectId == effect.EffectId)
            : effect.Stage == Stage && effect.Attempt == Attempt)),
    ];

    /// <summary>When the first of them was sent.</summary>
    public DateTimeOffset? ExposedAt => Concerned.Count == 0 ? null : Concerned.Min(effect => effect.IntendedAt);

    /// <summary>The incidents that the run opened.</summary>
    public IEnumerable<IncidentReport> Incidents => Effects.Where(effect => effect.Uses == "incident/open").Select(IncidentReport.Of).Where(incident => incident.Url is not null);

    /// <summary>The lines from the opening of the attempt that went back.</summary>
    public IEnumerable<RunLogEntry> SinceOpening() => Lines.SkipWhile(line => !(line.Kind == RunLogKind.StageOpened && line.Stage == Stage && line.Attempt == Attempt));
}
