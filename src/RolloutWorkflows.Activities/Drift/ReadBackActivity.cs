using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>Reads back what a run set, at once, for a person who wants to go on. Changes nothing.</summary>
[DurableTask(ActivityNames.ReadBack)]
internal sealed class ReadBackActivity(EffectReader reader) : TaskActivity<string, ReadBackResult>
{
    public override Task<ReadBackResult> RunAsync(TaskActivityContext context, string input) => reader.ReadAsync(input, int.MaxValue, ActivityCall.StoppingOf(context));
}
