using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>Keeps the baselines of a superseded run for the run that takes over from it. Delivering it again changes nothing.</summary>
[DurableTask(ActivityNames.TakeCaptures)]
internal sealed class TakeCapturesActivity(CaptureStore captures) : TaskActivity<TakeCapturesRequest, object?>
{
    public override async Task<object?> RunAsync(TaskActivityContext context, TakeCapturesRequest input)
    {
        var stopping = ActivityCall.StoppingOf(context);
        foreach (var (capture, metric) in input.Captures) await captures.CopyAsync(input.FromRun, input.ToRun, capture, metric, stopping);
        return null;
    }
}
