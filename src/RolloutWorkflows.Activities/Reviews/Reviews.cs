using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>Drafts reviews from the record, the journal and the measurements of a run.</summary>
internal sealed class Reviews(IRunViews views, IRunLog record, IEffectJournal journal, IMeasurementStore measurements, IEvidenceStore evidence, EvidenceOptions options) : IReviews
{
    private const int LinesAtOnce = 1000;

    private const int Before = 10;

    private const int After = 5;

    public async Task<ReviewDraft?> DraftAsync(string runId, CancellationToken cancellation = default)
    {
        if (await views.OfAsync(runId, cancellation) is not { } run || await ReadAsync(run, cancellation) is not { } facts) return null;
        var template = options.ReviewTemplate is { } file ? await File.ReadAllTextAsync(file, cancellation) : ReviewTemplate.Standard;
        return new ReviewDraft
        {
            RunId = runId,
            Stage = facts.Stage,
            Attempt = facts.Attempt,
            Cause = facts.Cause,
            ExposedAt = facts.ExposedAt,
            FirstFailedAt = facts.FirstFailedAt,
            DetectedAt = facts.Began.At,
            RecoveredAt = facts.Finished?.At,
            TimeToDetect = facts.Report?.Detected,
            TimeToRecover = facts.Report?.Took,
            Markdown = ReviewTemplate.Fill(template, ReviewText.Of(facts, await evidence.ListAsync(runId, cancellation))),
        };
    }

    private async Task<ReviewFacts?> ReadAsync(RunView run, CancellationToken cancellation)
    {
        var lines = new List<RunLogEntry>();
        var position = 0L;
        while (await record.ReadAsync(run.Input.RunId, position, LinesAtOnce, cancellation) is { Entries.Count: > 0 } page)
        {
            lines.AddRange(page.Entries);
            position = page.Position;
        }

        var began = lines.FindLastIndex(line => line.Kind == RunLogKind.RollbackStarted);
        if (began < 0) return null;
        var facts = new ReviewFacts
        {
            Run = run.Input,
            Owner = run.Status.Owner,
            Began = lines[began],
            Finished = lines.Skip(began).FirstOrDefault(line => line.Kind == RunLogKind.RollbackFinished && line.Stage == lines[began].Stage),
            Lines = lines,
            Effects = await journal.ListAsync(run.Input.RunId, cancellation),
            Around = [],
        };
        return await MeasureAsync(facts, cancellation);
    }

    /// <summary>Every guardrail shortly before the way back began and after, and the first measurement that failed and was not followed by a better one.</summary>
    private async Task<ReviewFacts> MeasureAsync(ReviewFacts facts, CancellationToken cancellation)
    {
        var around = new List<MeasurementRow>();
        DateTimeOffset? firstFailed = null;
        foreach (var rule in facts.Run.Playbook.Guardrails.Concat(facts.StageOfPlaybook?.Guardrails ?? []))
        {
            var rows = await ReadAsync(facts, rule.Name, cancellation);
            var before = rows.Where(row => row.Measurement.MeasuredAt <= facts.Began.At).ToList();
            around.AddRange(before.TakeLast(Before).Concat(rows.Skip(before.Count).Take(After)));
            var failing = before.AsEnumerable().Reverse().TakeWhile(row => row.Measurement.Verdict == MeasurementVerdict.Failed).LastOrDefault()?.Measurement.MeasuredAt;
            firstFailed = failing is { } at && (firstFailed is null || at < firstFailed) ? at : firstFailed;
        }

        return facts with { Around = [.. around.OrderBy(row => row.Measurement.MeasuredAt)], FirstFailedAt = firstFailed };
    }

    private async Task<List<MeasurementRow>> ReadAsync(ReviewFacts facts, string guardrail, CancellationToken cancellation)
    {
        var all = new List<MeasurementRow>();
        var query = new MeasurementQuery { RunId = facts.Run.RunId, Guardrail = guardrail, Stage = facts.Stage, Attempt = facts.Attempt, Limit = 5000 };
        while (await measurements.ReadAsync(query, cancellation) is { Count: > 0 } rows)
        {
            all.AddRange(rows);
            query = query with { After = rows[^1].GridTime };
        }

        return all;
    }
}
