using System.Text;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Makes the documents that a run's record calls for and that do not stand yet, one after the other. A document that stands is
/// never made again, so that making them a second time, or a day late, changes nothing. Thread-safe.
/// </summary>
internal sealed class EvidenceMaker(
    IEvidenceStore store, IRunLog record, IEffectJournal journal, IMeasurementStore measurements, IRunDocuments attached, IStepCatalog catalog, EvidenceSigner signer, TimeProvider time)
{
    private const int LinesAtOnce = 1000;

    private readonly GuardrailEvidenceReader guardrails = new(measurements);

    /// <summary>Every document of the run as it stands then, and the position in the record up to which was looked.</summary>
    public async Task<(IReadOnlyList<StoredEvidence> Documents, long Position)> MakeAsync(RunView run, CancellationToken cancellation)
    {
        var runId = run.Input.RunId;
        var (lines, position) = await ReadAsync(runId, cancellation);
        var documents = (await store.ListAsync(runId, cancellation)).ToList();
        for (var count = (documents.LastOrDefault()?.LastLine ?? 0) + 1; count <= lines.Count; count++)
        {
            if (EvidenceProjection.ClosedBy(lines[count - 1].Kind) is null) continue;
            var made = await MakeAsync(run, lines[..count], documents.LastOrDefault(), cancellation);
            // Another delivery of the same call may have been faster: what stands, stands.
            documents.Add(await store.AddAsync(made, cancellation) ? made : await store.FindAsync(runId, made.Number, cancellation) ?? made);
        }

        return (documents, position);
    }

    private async Task<StoredEvidence> MakeAsync(RunView run, List<RunLogEntry> lines, StoredEvidence? previous, CancellationToken cancellation)
    {
        var closing = lines[^1];
        var stage = closing.Kind == RunLogKind.Ended || closing.Stage is null ? null : run.Input.Playbook.FindStage(closing.Stage);
        var facts = new EvidenceFactSheet
        {
            Run = run,
            Lines = lines,
            Covered = previous?.LastLine ?? 0,
            Effects = await journal.ListAsync(run.Input.RunId, cancellation),
            Guardrails = stage is null ? [] : await guardrails.ReadAsync(run.Input.Playbook, stage, run.Input.RunId, closing.Attempt ?? 1, closing.At, cancellation),
            Documents = await attached.ListAsync(run.Input.RunId, cancellation),
            Catalog = catalog,
        };
        var document = EvidenceProjection.Of(facts, previous, time.GetUtcNow());
        var json = EvidenceJson.Write(document);
        var sha256 = EvidenceJson.Digest(json);
        return new StoredEvidence
        {
            RunId = run.Input.RunId,
            Number = document.Number,
            Kind = document.Kind,
            Stage = document.Stage?.Name,
            Attempt = document.Stage?.Attempt,
            At = document.At,
            Summary = document.Summary,
            LastLine = lines.Count,
            Sha256 = sha256,
            Previous = document.Previous,
            Json = Encoding.UTF8.GetString(json),
            Markdown = EvidenceMarkdown.Of(document, sha256),
            Record = Encoding.UTF8.GetString(EvidenceProjection.RecordOf(facts.News)),
            Signature = await signer.SignAsync(json, cancellation),
        };
    }

    private async Task<(List<RunLogEntry> Lines, long Position)> ReadAsync(string runId, CancellationToken cancellation)
    {
        var lines = new List<RunLogEntry>();
        var position = 0L;
        while (await record.ReadAsync(runId, position, LinesAtOnce, cancellation) is { Entries.Count: > 0 } page)
        {
            lines.AddRange(page.Entries);
            position = page.Position;
        }

        return (lines, position);
    }
}
