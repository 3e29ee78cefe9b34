using Microsoft.Extensions.Logging;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>Carries out <c>announce</c>: the message always reaches the run's record; an audience that does not take it makes the step Errored.</summary>
internal sealed class AnnounceActivity(Announcer announcer, IRunLog log, TimeProvider time, ILogger<AnnounceActivity> logger)
    : StepActivity<AnnounceStep>(time, logger)
{
    protected override async Task<StepResult> ExecuteAsync(StepCall<AnnounceStep> call, CancellationToken cancellation)
    {
        var (step, request) = (call.Step, call.Request);
        var now = Time.GetUtcNow();
        await log.AppendAsync(
            new RunLogEntry
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
            },
            cancellation);

        var answers = await Task.WhenAll(step.To.Distinct().Select(async audience =>
            (audience, problem: await announcer.SendAsync(ToAnnouncement(call, audience, now), request.Channels, cancellation))));
        var delivered = answers.Where(answer => answer.problem is null).Select(answer => answer.audience).ToList();
        var problems = answers.Where(answer => answer.problem is not null).ToList();
        (string, object?)[] outputs = [("delivered", delivered), ("undelivered", problems.Select(answer => answer.audience).ToList())];
        return problems.Count == 0
            ? Passed($"Told {string.Join(", ", delivered)}.", outputs)
            : Errored($"Not told: {string.Join("; ", problems.Select(answer => $"{answer.audience} ({answer.problem})"))}. The message stands in the run's record.", outputs);
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
