using System.Text;
using Microsoft.Extensions.Logging;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>Carries out <c>evidence/attached</c>: a document that is missing, too old or from before a rollback is Failed, and the message says what to do.</summary>
internal sealed class EvidenceAttachedActivity(IRunDocuments documents, TimeProvider time, ILogger<EvidenceAttachedActivity> logger)
    : StepActivity<EvidenceAttachedStep>(time, logger)
{
    protected override async Task<StepResult> ExecuteAsync(StepCall<EvidenceAttachedStep> call, CancellationToken cancellation)
    {
        var (step, request) = (call.Step, call.Request);
        if (!DocumentName.IsValid(step.Document)) return Errored($"'{step.Document}' is no name of a document: expected {DocumentName.Expected}.");
        var remedy = $"Attach it, then retry: rollout attach {request.RunId} --document {step.Document} FILE";
        if (await documents.FindAsync(request.RunId, step.Document, cancellation) is not { } found)
            return Failed($"No document '{step.Document}' is attached to {request.RunId}. {remedy}");
        if (Objection(step, request, found) is { } objection) return Failed($"{found.By}'s {step.Document} (version {found.Version}) does not count: {objection}. {remedy}");
        if (step.Contains is { } text && !await HoldsAsync(request.RunId, found, text, cancellation))
            return Failed($"{found.By}'s {step.Document} (version {found.Version}) does not hold '{text}'. Attach one that does, then retry: rollout attach {request.RunId} --document {step.Document} FILE");
        return Passed($"{found}, attached by {found.By} {found.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC.", ("digest", found.Digest), ("version", found.Version), ("by", found.By));
    }

    private string? Objection(EvidenceAttachedStep step, StepRequest request, RunDocument found)
    {
        var age = (request.At ?? Time.GetUtcNow()) - found.PlaybookTime;
        if (step.MaxAge is { } most && age > most) return $"it is {PlaybookDuration.Format(Whole(age))} old, and {PlaybookDuration.Format(most)} is the most";
        if (step.Since == EvidenceAttachedStep.SinceStage && request.StageOpenedAt is { } opened && found.At < opened)
            return $"it was attached before this attempt at {request.Stage} opened ({opened.UtcDateTime:yyyy-MM-dd HH:mm} UTC)";
        return step.Since != EvidenceAttachedStep.SinceRun && request.RolledBackAt is { } back && found.At <= back
            ? $"{request.Stage} was rolled back after it, so what it shows was found out before ({back.UtcDateTime:yyyy-MM-dd HH:mm} UTC)"
            : null;
    }

    private async Task<bool> HoldsAsync(string runId, RunDocument found, string text, CancellationToken cancellation) =>
        await documents.ReadAsync(runId, found.Name, found.Version, cancellation) is { } content && content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;

    private static TimeSpan Whole(TimeSpan span) => TimeSpan.FromMinutes(Math.Floor(span.TotalMinutes));
}
