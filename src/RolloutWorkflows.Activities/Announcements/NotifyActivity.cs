using Microsoft.Extensions.Logging;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Tells people that the run needs them. What happened stands in the run's record already; who was addressed is added
/// to it, and channels that are webhooks get the notice. One that does not take it is a warning in the log: a notice
/// must not stand in the way of what it tells of.
/// </summary>
[DurableTask(ActivityNames.Notify)]
internal sealed class NotifyActivity(Announcer announcer, IRunLog log, TimeProvider time, ILogger<NotifyActivity> logger) : TaskActivity<Notice, object?>
{
    public override async Task<object?> RunAsync(TaskActivityContext context, Notice input)
    {
        var stopping = ActivityCall.StoppingOf(context);
        var now = time.GetUtcNow();
        if (input.To.Count == 0) return null;
        await log.AppendAsync(
            new RunLogEntry
            {
                EntryId = $"notice:{input.NoticeId}",
                RunId = input.RunId,
                At = now,
                PlaybookTime = now,
                Kind = RunLogKind.Announced,
                Actor = "rollout",
                Message = $"To {string.Join(", ", input.To)}: {input.Text}",
            },
            stopping);
        await Task.WhenAll(input.To.Distinct().Where(input.Channels.Audiences.ContainsKey).Select(audience => TellAsync(input, audience, now, stopping)));
        return null;
    }

    private async Task TellAsync(Notice notice, string audience, DateTimeOffset now, CancellationToken stopping)
    {
        var announcement = new Announcement { Id = $"{notice.NoticeId}/{audience}", Text = notice.Text, Audience = audience, Run = notice.RunId, At = now };
        if (await announcer.SendAsync(announcement, notice.Channels, stopping) is { } problem)
            logger.LogWarning("Run {Run}: {Audience} was not told: {Problem}", notice.RunId, audience, problem);
    }
}
