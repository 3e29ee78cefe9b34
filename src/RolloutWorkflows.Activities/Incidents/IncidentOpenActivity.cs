using System.Text.Json;
using Microsoft.Extensions.Logging;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Carries out <c>incident/open</c>. The intent is journaled first; what an earlier try may have left at GitHub is looked for
/// by its hidden tag, in issues and comments of our own account, before anything is written. It stays on a rollback.
/// </summary>
internal sealed class IncidentOpenActivity(
    IGitHub gitHub, IncidentIssues issues, Grants grants, IEffectJournal journal, IMeasurementStore measurements, IChannelMemories memories, Announcer announcer, TimeProvider time, ILogger<IncidentOpenActivity> logger)
    : StepActivity<IncidentOpenStep>(time, logger), ISentEffect
{
    /// <summary>How long a GitHub that does not answer is waited for: a way back must not wait for ever to tell of itself.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public bool NeverTookPlace(EffectRecord effect) => IncidentReport.Of(effect).Sent == false;

    protected override async Task<StepResult> ExecuteAsync(StepCall<IncidentOpenStep> call, CancellationToken cancellation)
    {
        var (step, request) = (call.Step, call.Request);
        if (IncidentRepository.Of(step.Repository, request.Channels, out var problem) is not { } repository) return Errored($"incident/open {problem}");
        if (grants.RefusalOfRepository(request.Playbook, repository) is { } refusal) return Errored($"No incident was opened: {refusal}.");
        if (!gitHub.IsConnected) return Errored("No incident was opened: the host's configuration connects it to no GitHub.");
        var intent = await journal.IntendAsync(ToRecord(request, repository, step), cancellation);
        if (intent.Outcome == EffectIntentOutcome.Refused)
            return Errored($"No incident was opened: the run was rolled back in the meantime (its epoch is {intent.Epoch}, the step's {request.Epoch}).");

        var report = IncidentReport.Of(intent.Record);
        if (report is { Sent: true, Number: { } number, Url: { } url }) return await DoneAsync(call, intent.Record, report, $"stands: {repository}#{number} ({url})", cancellation);
        // From here on it may be under way again.
        if (report.Sent == false) await journal.SettleAsync(intent.Record.EffectId, EffectState.Intended, (report with { Sent = null }).ToJson(), cancellation);
        try
        {
            var (issue, how) = await issues.OpenAsync(repository, await MomentAsync(call, intent.Record, cancellation), report.Tag, cancellation);
            report = report with { Sent = true, Number = issue.Number, Url = issue.Url };
            await journal.SettleAsync(intent.Record.EffectId, EffectState.Applied, report.ToJson(), cancellation);
            return await DoneAsync(call, intent.Record, report, $"{how}: {repository}#{issue.Number} ({issue.Url})", cancellation);
        }
        catch (GitHubException none)
        {
            // Only what was surely never sent is known not to stand there.
            if (none.NotDone && intent.Outcome == EffectIntentOutcome.Written)
                await journal.SettleAsync(intent.Record.EffectId, EffectState.Intended, (report with { Sent = false }).ToJson(), cancellation);
            var why = $"The incident '{IncidentText.Title(step)}' is not open at {repository} yet: {none.Message}";
            return (none.MayPass ? GitHubPolling.GoOn(request, Patience, why, none.RetryAfter) : null) ?? Errored(why);
        }
    }

    private async Task<StepResult> DoneAsync(StepCall<IncidentOpenStep> call, EffectRecord effect, IncidentReport report, string how, CancellationToken cancellation)
    {
        var untold = new List<string>();
        foreach (var audience in call.Step.Notify.Distinct(StringComparer.Ordinal))
            if (await announcer.PutAsync(ToAnnouncement(call, effect, report, audience), call.Request.Channels, cancellation) is { } why) untold.Add($"{audience} ({why})");
        var message = $"The incident '{IncidentText.Title(call.Step)}' {how}.{(untold.Count == 0 ? "" : $" Not told: {string.Join("; ", untold)}.")}";
        return Passed(message, ("number", report.Number), ("url", report.Url)) with { Effect = effect with { State = EffectState.Applied, Intended = report.ToJson() } };
    }

    private async Task<IncidentMoment> MomentAsync(StepCall<IncidentOpenStep> call, EffectRecord effect, CancellationToken cancellation) => new()
    {
        Step = call.Step,
        Request = call.Request,
        MessageId = IncidentReport.Digest(effect.EffectId),
        At = effect.IntendedAt,
        Measurements = await LastMeasurementsAsync(call.Request, cancellation),
        ReleaseIssue = await memories.Of(call.Request.RunId, "releaseIssue").GetAsync("issue", cancellation),
    };

    /// <summary>The last measurement of each guardrail; of those that are measured rarely only where no other was measured since.</summary>
    private async Task<IReadOnlyList<Measurement>> LastMeasurementsAsync(StepRequest request, CancellationToken cancellation)
    {
        var now = request.At ?? Time.GetUtcNow();
        foreach (var back in new[] { TimeSpan.FromHours(2), TimeSpan.FromDays(2), TimeSpan.FromDays(60) })
        {
            var rows = await measurements.ReadAsync(new MeasurementQuery { RunId = request.RunId, After = now - back, Limit = 10_000 }, cancellation);
            if (rows.Count > 0) return [.. rows.GroupBy(row => row.Measurement.Guardrail).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => group.Last().Measurement)];
        }

        return [];
    }

    private Announcement ToAnnouncement(StepCall<IncidentOpenStep> call, EffectRecord effect, IncidentReport report, string audience) => new()
    {
        Id = $"{effect.EffectId}/{audience}",
        Text = $"Incident ({call.Step.Severity}): {IncidentText.Title(call.Step)}. {(call.Step.Impact is { Length: > 0 } impact ? $"{impact.TrimEnd('.')}. " : "")}{report.Url}",
        Audience = audience,
        Run = call.Request.RunId,
        Stage = call.Request.Stage,
        At = effect.IntendedAt,
    };

    private EffectRecord ToRecord(StepRequest request, GitHubRepository repository, IncidentOpenStep step) => new()
    {
        EffectId = $"{request.RunId}/{request.Stage}/{request.Attempt}/{request.Epoch}/{request.StepId}",
        RunId = request.RunId,
        Sequence = 0,
        Epoch = request.Epoch,
        Stage = request.Stage,
        Attempt = request.Attempt,
        StepId = request.StepId,
        Uses = request.Uses,
        Target = $"incident:{repository}",
        Prior = JsonSerializer.SerializeToElement<object?>(null),
        Intended = new IncidentReport(IncidentReport.TagOf(request, step.Title), Sent: null, repository.ToString()).ToJson(),
        State = EffectState.Intended,
        Surface = request.Surface,
        // An incident is told of, whatever becomes of the run.
        Irreversible = true,
        Undoes = request.Undoes,
        IntendedAt = Time.GetUtcNow(),
    };
}
