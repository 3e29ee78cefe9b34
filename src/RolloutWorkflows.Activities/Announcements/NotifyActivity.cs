using Microsoft.Extensions.Logging;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Tells people that the run needs them, through channels that are webhooks. What is told stands in the run's record
/// already, so a channel that does not take it is a warning in the log: a notice must not stand in the way of what it tells of.
/// </summary>
[DurableTask(ActivityNames.Notify)]
internal sealed class NotifyActivity(Announcer announcer, ILogger<NotifyActivity> logger) : TaskActivity<Notice, object?>
{
    public override async Task<object?> RunAsync(TaskActivityContext context, Notice input)
    {
        var stopping = ActivityCall.StoppingOf(context);
        await Task.WhenAll(input.To.Distinct().Where(input.Channels.Audiences.ContainsKey).Select(audience => TellAsync(input, audience, stopping)));
        return null;
    }

    private async Task TellAsync(Notice notice, string audience, CancellationToken stopping)
    {
        var announcement = new Announcement { Id = $"{notice.NoticeId}/{audience}", Text = notice.Text, Audience = audience, Run = notice.RunId, At = notice.At };
        if (await announcer.SendAsync(announcement, notice.Channels, stopping) is { } problem)
            logger.LogWarning("Run {Run}: {Audience} was not told: {Problem}", notice.RunId, audience, problem);
    }
}
