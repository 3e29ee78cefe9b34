using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Reads back what a run set and still stands: of each target the latest effect, where it was applied and not undone.
/// Kinds without a readable value are passed over, and so is a target that a step is changing at the moment.
/// </summary>
internal sealed class EffectReader(IEffectJournal journal, StepActivities kinds, TimeProvider time)
{
    /// <summary>A target that takes longer to read counts as unreadable.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <param name="runId">The run.</param>
    /// <param name="epoch">The epoch that is known of: what a rollback has begun to take back since is left to it.</param>
    /// <param name="cancellation">Ends the look.</param>
    public async Task<ReadBackResult> ReadAsync(string runId, int epoch, CancellationToken cancellation)
    {
        var drifted = new List<DriftedTarget>();
        var unreadable = new List<string>();
        foreach (var (effect, kind) in Standing(await journal.ListAsync(runId, cancellation)))
        {
            if (await IsGoingBackAsync(effect, epoch, cancellation)) continue;
            using var patience = new CancellationTokenSource(Patience, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
            try
            {
                if (await CompareAsync(effect, kind, both.Token) is { } difference) drifted.Add(difference);
            }
            catch (Exception exception) when (!cancellation.IsCancellationRequested)
            {
                unreadable.Add($"{effect.Target} cannot be read: {(patience.IsCancellationRequested ? $"no answer within {Patience.TotalSeconds:0} s" : exception.Message)}");
            }
        }

        // A step or a rollback may have written since the journal was read: what it did is no drift.
        var unmoved = drifted.Count == 0 ? [] : Standing(await journal.ListAsync(runId, cancellation)).Select(pair => pair.Effect).ToHashSet();
        var left = new List<DriftedTarget>();
        foreach (var target in drifted)
        {
            if (unmoved.FirstOrDefault(effect => effect.EffectId == target.EffectId) is { } effect && !await IsGoingBackAsync(effect, epoch, cancellation)) left.Add(target);
        }

        return new ReadBackResult { Drifted = left, Unreadable = unreadable };
    }

    private async Task<bool> IsGoingBackAsync(EffectRecord effect, int epoch, CancellationToken cancellation) =>
        effect.Surface is { } surface && await journal.EpochOfAsync(effect.RunId, surface, cancellation) > epoch;

    /// <summary>What the target of an effect reads otherwise; null where it stands as the run set it, or as people accepted it.</summary>
    public static async Task<DriftedTarget?> CompareAsync(EffectRecord effect, IReversibleEffect kind, CancellationToken cancellation)
    {
        var present = await kind.ReadAsync(effect.Target, cancellation);
        var expected = effect.Accepted ?? effect.Intended;
        return kind.Same(present, expected) ? null : new DriftedTarget
        {
            EffectId = effect.EffectId,
            Target = effect.Target,
            Uses = effect.Uses,
            Stage = effect.Stage,
            StepId = effect.StepId,
            Surface = effect.Surface,
            Expected = kind.Describe(expected),
            Found = kind.Describe(present),
            Present = present,
            By = await kind.ChangedByAsync(effect.Target, cancellation),
        };
    }

    /// <summary>The effects that say what targets are expected to read, with their kinds.</summary>
    private List<(EffectRecord Effect, IReversibleEffect Kind)> Standing(IReadOnlyList<EffectRecord> journaled)
    {
        var standing = new List<(EffectRecord, IReversibleEffect)>();
        foreach (var effects in journaled.Where(effect => effect.Undoes is null).GroupBy(effect => effect.Uses))
        {
            if (kinds.FindReversible(effects.Key) is not { } kind) continue;
            var newer = new List<EffectRecord>();
            foreach (var effect in effects.Where(effect => effect.State != EffectState.Compensated).OrderByDescending(effect => effect.Sequence))
            {
                // A newer one on the same target decides what it reads, even where it is under way or stays as it is.
                if (effect.State == EffectState.Applied && !newer.Exists(other => kind.Overlap(other.Target, effect.Target))) standing.Add((effect, kind));
                newer.Add(effect);
            }
        }

        return standing;
    }
}
