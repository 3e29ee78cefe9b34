using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>Frees what a run holds, once it has ended. Repeating it changes nothing.</summary>
[DurableTask(ActivityNames.ReleaseLeases)]
internal sealed class ReleaseLeasesActivity(ILeases leases) : TaskActivity<string, object?>
{
    public override async Task<object?> RunAsync(TaskActivityContext context, string input)
    {
        await leases.ReleaseAsync(input, ActivityCall.StoppingOf(context));
        return null;
    }
}
