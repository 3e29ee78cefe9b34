using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Raises the epoch of the run, or of the one surface that goes back, from when on no older step of it may act, and lists what a rollback has to undo, newest first.
/// Repeating it raises nothing more and lists what still stands.
/// </summary>
[DurableTask(ActivityNames.BeginRollback)]
internal sealed class BeginRollbackActivity(IEffectJournal journal, StepActivities kinds) : TaskActivity<RollbackRequest, RollbackWork>
{
    public override async Task<RollbackWork> RunAsync(TaskActivityContext context, RollbackRequest input)
    {
        var stopping = ActivityCall.StoppingOf(context);
        await journal.RaiseEpochAsync(input.RunId, input.Epoch, input.Surface, stopping);
        return new RollbackWork { Effects = RollbackSelection.Of(await journal.ListAsync(input.RunId, stopping), input, kinds) };
    }
}
