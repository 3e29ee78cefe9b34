using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>Appends one line to a run's record and lets the outbox know. Delivering it again changes nothing, and finishes what a crash left between the two.</summary>
[DurableTask(ActivityNames.Record)]
internal sealed class RecordActivity(IRunLog log, IRunNews news) : TaskActivity<RunLogEntry, object?>
{
    public override async Task<object?> RunAsync(TaskActivityContext context, RunLogEntry input)
    {
        var stopping = ActivityCall.StoppingOf(context);
        await log.AppendAsync(input, stopping);
        await news.TellAsync(input, stopping);
        return null;
    }
}
