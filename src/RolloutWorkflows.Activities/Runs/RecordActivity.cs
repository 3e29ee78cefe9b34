using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>Appends one line to a run's record. Delivering it again changes nothing.</summary>
[DurableTask(ActivityNames.Record)]
internal sealed class RecordActivity(IRunLog log) : TaskActivity<RunLogEntry, object?>
{
    public override async Task<object?> RunAsync(TaskActivityContext context, RunLogEntry input)
    {
        await log.AppendAsync(input, ActivityCall.StoppingOf(context));
        return null;
    }
}
