using Microsoft.Extensions.Logging;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>Carries out <c>announce</c>: the message always reaches the run's record; an audience that this host cannot tell makes the step Errored. Telling the others is the outbox's business from then on.</summary>
internal sealed class AnnounceActivity(Announcer announcer, IRunLog log, IRunNews news, TimeProvider time, ILogger<AnnounceActivity> logger)
    : StepActivity<AnnounceStep>(time, logger)
{
    protected override async Task<StepResult> ExecuteAsync(StepCall<AnnounceStep> call, CancellationToken cancellation)
    {
        var (step, request) = (call.Step, call.Request);
        var now = Time.GetUtcNow();
        await RecordAsync(call, now, cancellation);
        var queued = new List<string>();
        var problems = new List<(string Audience, string Problem)>();
        foreach (var audience in step.To.Distinct(StringComparer.Ordinal))
        {
            if (await announcer.PutAsync(ToAnnouncement(call, audience, now), request.Channels, cancellation) is { } problem) problems.Add((audience, problem));
            else queued.Add(audience);
        }

        (string, object?)[] outputs = [("queued", queued), ("undelivered", problems.Select(answer => answer.Audience).ToList())];
        return problems.Count == 0
            ? Passed($"On its way to {string.Join(", ", queued)}.", outputs)
            : Errored($"Not told: {string.Join("; ", problems.Select(answer => $"{answer.Audience} ({answer.Problem})"))}. The message stands in the run's record.", outputs);
    }

    private async Task RecordAsync(StepCall<AnnounceStep> call, DateTimeOffset now, CancellationToken cancellation)
    {
        var (step, request) = (call.Step, call.Request);
        var line = new RunLogEntry
        {
            EntryId = $"announce:{call.Key}",
            RunId = request.RunId,
            At = now,
            PlaybookTime = request.At ?? now,
            Kind = RunLogKind.Announced,
            Stage = request.Stage,
            Attempt = request.Attempt,
            Actor = request.Actor,
            Message = $"To {string.Join(", ", step.To)}: {step.Text}",
        };
        await log.AppendAsync(line, cancellation);
        await news.TellAsync(line, cancellation);
    }

    private static Announcement ToAnnouncement(StepCall<AnnounceStep> call, string audience, DateTimeOffset now) => new()
    {
        Id = $"{call.Key}/{audience}",
        Text = call.Step.Text,
        Audience = audience,
        Run = call.Request.RunId,
        Stage = call.Request.Stage,
        At = now,
    };
}
