using Microsoft.Extensions.Logging;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Puts what the run needs people for into the outbox. What is told stands in the run's record already, so an audience that
/// this host cannot tell is a warning in the log: a notice must not stand in the way of what it tells of.
/// </summary>
[DurableTask(ActivityNames.Notify)]
internal sealed class NotifyActivity(Announcer announcer, ILogger<NotifyActivity> logger) : TaskActivity<Notice, object?>
{
    public override async Task<object?> RunAsync(TaskActivityContext context, Notice input)
    {
        var stopping = ActivityCall.StoppingOf(context);
        foreach (var audience in input.To.Distinct(StringComparer.Ordinal).Where(input.Channels.Audiences.ContainsKey))
        {
            var announcement = new Announcement { Id = $"{input.NoticeId}/{audience}", Text = input.Text, Audience = audience, Run = input.RunId, At = input.At };
            if (await announcer.PutAsync(announcement, input.Channels, stopping) is { } problem)
                logger.LogWarning("Run {Run}: {Audience} was not told: {Problem}", input.RunId, audience, problem);
        }

        return null;
    }
}
