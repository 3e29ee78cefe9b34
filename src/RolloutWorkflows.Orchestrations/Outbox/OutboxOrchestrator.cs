namespace RolloutWorkflows.Orchestrations;

/// <summary>
/// Takes one lane of a run's outbox out: one call at a time, again when there is news or something is due, until the run has
/// ended and everything was delivered. It goes on as new after each call, so that weeks leave no history behind.
/// </summary>
[DurableTask(OrchestrationNames.Outbox)]
public sealed class OutboxOrchestrator : TaskOrchestrator<OutboxLaneInput, string>
{
    /// <summary>How long to wait after so many failures in a row: 5 seconds, doubling to 5 minutes.</summary>
    public static TimeSpan PauseAfter(int failures) => TimeSpan.FromSeconds(Math.Min(300, 5 << Math.Clamp(failures - 1, 0, 6)));

    public override async Task<string> RunAsync(TaskOrchestrationContext context, OutboxLaneInput input)
    {
        var (progress, broken) = await DeliverAsync(context, input);
        foreach (var mark in progress.Shown)
            context.SendEvent(mark.Awaited.InstanceId, OrchestrationNames.ControlEvent, StageControl.Documented(mark.Awaited));
        if (progress.IsFinished) return "finished";

        await AwaitNewsAsync(context, progress.Next);
        context.ContinueAsNew(input with { Told = [.. progress.Shown.Select(mark => mark.MessageId)], Broken = broken });
        return "goes on";
    }

    /// <summary>What is broken there is tried again like what is broken outside: nothing is given up.</summary>
    private static async Task<(LaneProgress Progress, int Broken)> DeliverAsync(TaskOrchestrationContext context, OutboxLaneInput input)
    {
        try
        {
            return (await context.CallActivityAsync<LaneProgress>(ActivityNames.Deliver, input), 0);
        }
        catch (TaskFailedException)
        {
            var again = new DateTimeOffset(context.CurrentUtcDateTime, TimeSpan.Zero) + PauseAfter(input.Broken + 1);
            return (new LaneProgress { Next = again }, input.Broken + 1);
        }
    }

    private static async Task AwaitNewsAsync(TaskOrchestrationContext context, DateTimeOffset? due)
    {
        if (due <= new DateTimeOffset(context.CurrentUtcDateTime, TimeSpan.Zero)) return;
        var news = context.WaitForExternalEvent<object?>(OrchestrationNames.NewsEvent);
        using var noLonger = new CancellationTokenSource();
        var timer = due is { } at ? context.CreateTimer(at.UtcDateTime, noLonger.Token) : null;
        await Task.WhenAny(timer is null ? [news] : [news, timer]);
        if (timer is { IsCompleted: false }) noLonger.Cancel();

        // The lane looks at everything at once, so all news that has come is one.
        while (news.IsCompleted) news = context.WaitForExternalEvent<object?>(OrchestrationNames.NewsEvent);
    }
}
