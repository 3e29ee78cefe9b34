using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>Writes into the journal that people let the values stand which they were shown. A rollback still compares with what the run set, and so never raises exposure. Safe to repeat.</summary>
[DurableTask(ActivityNames.AcceptDrift)]
internal sealed class AcceptDriftActivity(IEffectJournal journal) : TaskActivity<DriftSettlement, DriftSettled>
{
    public override async Task<DriftSettled> RunAsync(TaskActivityContext context, DriftSettlement input)
    {
        foreach (var target in input.Targets) await journal.AcceptAsync(target.EffectId, target.Present, ActivityCall.StoppingOf(context));
        return new DriftSettled { Messages = [.. input.Targets.Select(target => $"{target.Target} stands at {target.Found} instead of {target.Expected}")] };
    }
}
