using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Finds what other runs have changed since, or hold, of what a run changed and did not take back: to undo the run's
/// effects would undo theirs. Where there is nothing, the run leases its targets again.
/// </summary>
[DurableTask(ActivityNames.FindLaterChanges)]
internal sealed class FindLaterChangesActivity(IEffectJournal journal, StepActivities kinds, LeaseKeeper leases) : TaskActivity<LaterChangesRequest, IReadOnlyList<string>>
{
    public override async Task<IReadOnlyList<string>> RunAsync(TaskActivityContext context, LaterChangesRequest input)
    {
        var stopping = ActivityCall.StoppingOf(context);
        var own = (await journal.ListAsync(input.RunId, stopping)).Where(effect => effect.State is EffectState.Intended or EffectState.Applied).ToList();
        if (own.Count == 0) return [];
        var others = await journal.ListOfOthersSinceAsync(input.RunId, stopping);
        var changed = others.Where(other => own.Exists(effect => other.IntendedAt >= effect.IntendedAt && Meet(effect, other)))
            .Select(other => $"{other.Target} was changed by {other.RunId}").Distinct().ToList();
        if (changed.Count > 0) return changed;
        var targets = own.SelectMany(effect => kinds.FindReversible(effect.Uses)?.LeasesOf(effect.Target) ?? [effect.Target]).Distinct().ToList();
        var held = await leases.TakeAsync(input.RunId, input.Playbook, targets, stopping);
        return [.. held.Select(lease => lease.ToString())];
    }

    private bool Meet(EffectRecord one, EffectRecord other) =>
        one.Target == other.Target || (one.Uses == other.Uses && kinds.FindReversible(one.Uses)?.Overlap(one.Target, other.Target) == true);
}
