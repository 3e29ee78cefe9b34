using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Finds what other runs have changed since of what a run changed and did not take back: to undo the run's effects would
/// undo theirs. Where nothing is in the way, the run leases its targets again, which it freed when it ended.
/// </summary>
[DurableTask(ActivityNames.FindLaterChanges)]
internal sealed class FindLaterChangesActivity(IEffectJournal journal, StepActivities kinds, LeaseKeeper keeper) : TaskActivity<string, IReadOnlyList<string>>
{
    public override async Task<IReadOnlyList<string>> RunAsync(TaskActivityContext context, string input)
    {
        var stopping = ActivityCall.StoppingOf(context);
        var own = (await journal.ListAsync(input, stopping)).Where(effect => effect.State is EffectState.Intended or EffectState.Applied).ToList();
        if (own.Count == 0) return [];
        var others = await journal.ListOfOthersSinceAsync(input, stopping);
        var later = others.Where(other => own.Exists(effect => other.IntendedAt >= effect.IntendedAt && Meet(effect, other)))
            .Select(other => $"{other.Target} by {other.RunId}").Distinct().ToList();
        if (later.Count > 0) return later;

        var targets = own.SelectMany(effect => kinds.FindReversible(effect.Uses)?.LeasesOf(effect.Target) ?? [effect.Target]).Distinct(StringComparer.Ordinal).ToList();
        return [.. (await keeper.TakeAsync(input, "going back", targets, stopping)).Select(lease => lease.ToString())];
    }

    private bool Meet(EffectRecord one, EffectRecord other) =>
        one.Target == other.Target || (one.Uses == other.Uses && kinds.FindReversible(one.Uses)?.Overlap(one.Target, other.Target) == true);
}
