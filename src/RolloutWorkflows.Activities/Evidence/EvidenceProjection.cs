using System.Text.Json;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>Makes a document of what was read. Pure: the same facts give the same document.</summary>
internal static class EvidenceProjection
{
    /// <summary>What else a reader of evidence must know beside checks, measurements and approvals.</summary>
    private static readonly HashSet<RunLogKind> Told =
    [
        RunLogKind.Started, RunLogKind.StageOpened, RunLogKind.Held, RunLogKind.Resumed, RunLogKind.CommandAccepted, RunLogKind.CommandRefused, RunLogKind.GuardrailSpoke,
        RunLogKind.DriftFound, RunLogKind.DriftGone, RunLogKind.DriftSettled, RunLogKind.GlassBroken, RunLogKind.Faulted, RunLogKind.OwnerChanged,
        RunLogKind.Superseded, RunLogKind.RollbackStarted, RunLogKind.OutboxChanged, RunLogKind.DocumentAttached,
    ];

    /// <summary>The lines of a record after which a document is made.</summary>
    public static EvidenceKind? ClosedBy(RunLogKind kind) => kind switch
    {
        RunLogKind.StagePromoted => EvidenceKind.Promotion,
        RunLogKind.RollbackFinished => EvidenceKind.Rollback,
        RunLogKind.Ended => EvidenceKind.End,
        _ => null,
    };

    public static EvidenceDocument Of(EvidenceFactSheet facts, StoredEvidence? previous, DateTimeOffset now)
    {
        var closing = facts.Closing;
        var playbook = facts.Run.Input.Playbook;
        var stage = closing.Kind == RunLogKind.Ended || closing.Stage is null ? null : playbook.FindStage(closing.Stage);
        var attempt = facts.OfAttempt().ToList();
        return new EvidenceDocument
        {
            Number = (previous?.Number ?? 0) + 1,
            Previous = previous?.Sha256,
            Kind = ClosedBy(closing.Kind)!.Value,
            Summary = closing.Message,
            At = closing.At,
            PlaybookTime = closing.PlaybookTime == closing.At ? null : closing.PlaybookTime,
            MadeAt = now,
            Record = new EvidenceRecordRange(facts.Covered + 1, facts.Lines.Count, EvidenceJson.Digest(RecordOf(facts.News))),
            Run = RunOf(facts),
            Stage = stage is null ? null : StageOf(stage, facts),
            Owner = facts.Lines.LastOrDefault(line => line.Kind == RunLogKind.OwnerChanged)?.Data?.GetProperty("to").GetString() ?? playbook.Owner,
            Checks = ChecksOf(attempt),
            Guardrails = facts.Guardrails,
            Soak = SoakOf(attempt),
            Approvals = EvidenceApprovals.Of(facts, stage is null ? null : $"{closing.RunId}/{stage.Name}/{closing.Attempt}/"),
            Changes = [.. ChangesOf(facts)],
            WayBack = stage is null ? [] : PlanText.WayBack(PlannedRollback.Of(playbook, stage, facts.Run.Input.Inputs, facts.Catalog)),
            Rollback = closing.Kind == RunLogKind.RollbackFinished && closing.DataAs<RollbackReport>() is { } report ? RollbackOf(report) : null,
            Documents = [.. facts.Documents.Where(document => document.At <= closing.At)],
            Events = [.. facts.News.Where(IsTold).Select(ToEvent)],
            Announcements = [.. facts.News.Where(line => line.Kind == RunLogKind.Announced).Select(ToEvent)],
            Stages = closing.Kind == RunLogKind.Ended ? [.. facts.Run.Status.Stages.Select(status => StageOf(status, playbook))] : [],
        };
    }

    /// <summary>Lines of a record as they are hashed and kept.</summary>
    public static byte[] RecordOf(IEnumerable<RunLogEntry> lines) => [.. lines.SelectMany(line => EvidenceJson.Write(line).Append((byte)'\n'))];

    public static EvidenceEvent ToEvent(RunLogEntry line) => new()
    {
        At = line.At,
        Kind = line.Kind,
        Message = line.Message,
        Actor = line.Actor == Actors.Rollout ? null : line.Actor,
        Via = line.Data is { ValueKind: JsonValueKind.Object } data && data.TryGetProperty("via", out var via) && via.ValueKind == JsonValueKind.String ? via.GetString() : null,
        Reason = line.Reason,
    };

    /// <summary>A play of the way back and a last step say in their message what they came to.</summary>
    private static bool IsTold(RunLogEntry line) => Told.Contains(line.Kind) || (line.Kind == RunLogKind.StepFinished && (line.Data is null || line.Attempt is null));

    private static EvidenceRun RunOf(EvidenceFactSheet facts)
    {
        var input = facts.Run.Input;
        return new EvidenceRun
        {
            Id = input.RunId,
            Playbook = input.Playbook.Name,
            Title = input.Playbook.Title,
            PlaybookDigest = input.PlaybookDigest,
            Inputs = input.Inputs,
            InputsDigest = EvidenceJson.Digest(EvidenceJson.Write(input.Inputs)),
            StartedBy = input.StartedBy,
            StartedAt = facts.Lines[0].At,
            Reason = input.Reason,
            Supersedes = input.Supersedes?.RunId,
            TimeCompression = input.TimeCompression == 1 ? null : input.TimeCompression,
        };
    }

    private static EvidenceStage StageOf(Stage stage, EvidenceFactSheet facts) => new()
    {
        Name = stage.Name,
        Title = stage.Title,
        Attempt = facts.Closing.Attempt ?? 1,
        Surface = stage.Surface,
        Milestone = facts.Closing.Kind == RunLogKind.StagePromoted && stage.Milestone is { } milestone ? new EvidenceMilestone(milestone.Id, milestone.Title) : null,
        OpenedAt = facts.OfAttempt().FirstOrDefault()?.At,
        EndedAt = facts.Closing.At,
    };

    private static EvidenceStage StageOf(StageStatus status, Playbook playbook)
    {
        var stage = playbook.FindStage(status.Name);
        return new EvidenceStage
        {
            Name = status.Name,
            Title = status.Title,
            Attempt = status.Attempt,
            Surface = stage?.Surface,
            State = JsonNamingPolicy.CamelCase.ConvertName(status.State.ToString()),
            Milestone = status.State == StageState.Promoted && stage?.Milestone is { } milestone ? new EvidenceMilestone(milestone.Id, milestone.Title) : null,
            OpenedAt = status.OpenedAt,
            EndedAt = status.EndedAt,
        };
    }

    /// <summary>The last answer of each, in the order in which they first ran.</summary>
    private static IReadOnlyList<EvidenceCheck> ChecksOf(IEnumerable<RunLogEntry> attempt) =>
    [
        .. attempt.Where(line => line.Kind is RunLogKind.StepFinished or RunLogKind.CriteriaMeasured && line.Attempt is not null)
            .Select(line => (line.At, Step: line.DataAs<StepStatus>())).Where(line => line.Step is not null)
            .GroupBy(line => (line.Step!.Part, line.Step.StepId))
            .Select(group => new EvidenceCheck(group.Key.Part, group.Key.StepId, group.Last().Step!.Uses, group.Last().Step!.Verdict, group.Last().Step!.Message, group.Last().At, group.Count())),
    ];

    private static EvidenceSoak? SoakOf(IReadOnlyList<RunLogEntry> attempt)
    {
        if (attempt.LastOrDefault(line => line.Kind == RunLogKind.SoakStarted) is not { } started) return null;
        var after = attempt.SkipWhile(line => line.EntryId != started.EntryId).ToList();
        var ended = after.FirstOrDefault(line => line.Kind == RunLogKind.SoakFinished || (line.Kind == RunLogKind.CommandAccepted && VerbOf(line) == RunVerb.Promote));
        return new EvidenceSoak
        {
            StartedAt = started.At,
            EndedAt = ended?.At,
            Outcome = ended is null ? null : ended.Kind == RunLogKind.SoakFinished ? ended.Message : $"ended by {ended.Actor}: {ended.Reason}",
            Account = ended is { Kind: RunLogKind.SoakFinished } ? ended.DataAs<SoakAccount>() is { } account ? EvidenceSoakAccount.Of(account) : null : null,
            DidNotCount = [.. after.Where(line => line.Kind is RunLogKind.SoakBreached or RunLogKind.DriftFound).Select(ToEvent)],
        };
    }

    private static RunVerb? VerbOf(RunLogEntry line) =>
        line.Data is { ValueKind: JsonValueKind.Object } data && data.TryGetProperty("verb", out var verb) && Enum.TryParse<RunVerb>(verb.GetString(), ignoreCase: true, out var known) ? known : null;

    /// <summary>A promotion's are those of its attempt, a rollback's those that it went back over, an end's all of the run.</summary>
    private static IEnumerable<EvidenceChange> ChangesOf(EvidenceFactSheet facts)
    {
        var closing = facts.Closing;
        var known = facts.Effects.Where(effect => effect.IntendedAt <= closing.At);
        if (closing.Kind == RunLogKind.StagePromoted) known = known.Where(effect => effect.Stage == closing.Stage && effect.Attempt == closing.Attempt);
        if (closing.Kind == RunLogKind.RollbackFinished && closing.DataAs<RollbackReport>() is { } report)
        {
            var undone = report.Effects.Select(effect => effect.EffectId).ToHashSet(StringComparer.Ordinal);
            known = known.Where(effect => undone.Contains(effect.EffectId));
        }

        return known.OrderBy(effect => effect.Sequence).Select(ToChange);
    }

    private static EvidenceChange ToChange(EffectRecord effect)
    {
        var (from, to) = (Known(effect.Prior), Known(effect.Intended));
        return new EvidenceChange
        {
            Stage = effect.Stage,
            Step = effect.StepId,
            Uses = effect.Uses,
            Target = effect.Target,
            Surface = effect.Surface,
            From = from,
            To = to,
            ChangedNothing = from is { } before && to is { } after && CanonicalJson.Write(before).AsSpan().SequenceEqual(CanonicalJson.Write(after)),
            State = effect.State,
            Irreversible = effect.Irreversible,
            Accepted = effect.Accepted is { } accepted ? Known(accepted) : null,
            IntendedAt = effect.IntendedAt,
        };
    }

    private static JsonElement? Known(JsonElement value) => value.ValueKind is JsonValueKind.Undefined ? null : value;

    private static EvidenceRollback RollbackOf(RollbackReport report) => new()
    {
        To = report.To,
        Cause = report.Cause,
        Actor = report.Actor,
        Surface = report.Surface,
        Detected = report.Detected is { } detected ? PlaybookDuration.Format(detected) : null,
        Took = report.Took is { } took ? PlaybookDuration.Format(took) : null,
        Objective = report.Objective is { } objective ? PlaybookDuration.Format(objective) : null,
        ObjectiveMet = report.ObjectiveMet,
        Restored = [.. report.Effects.Select(effect => new EvidenceRestoration(effect.Target, effect.Outcome, effect.Message, effect.At))],
        Steps = report.Steps,
        Standing = report.Standing,
        LeftInPlace = report.LeftInPlace,
    };
}
