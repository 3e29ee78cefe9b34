using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>What a run has changed and not taken back, as its journal says: how far the release is out. Thread-safe.</summary>
internal sealed class IssueEffects(IEffectJournal journal, StepActivities kinds)
{
    /// <summary>The newest value of each target, in the order in which the targets were first changed.</summary>
    public async Task<IReadOnlyList<string>> InForceAsync(string runId, CancellationToken cancellation)
    {
        var lines = await journal.ListAsync(runId, cancellation);
        return
        [
            .. lines.Where(effect => effect.State is EffectState.Applied or EffectState.LeftInPlace && effect.Undoes is null)
                .GroupBy(effect => (effect.Target, effect.Uses))
                .Select(changes => changes.MaxBy(effect => effect.Sequence)!)
                .Select(effect => kinds.FindReversible(effect.Uses) is { } kind ? $"{effect.Target}: {kind.Describe(effect.Accepted ?? effect.Intended)}" : $"{effect.Target} ({effect.Uses})"),
        ];
    }
}
