using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>Which effects of a run a rollback has to undo. Changes nothing.</summary>
internal static class RollbackSelection
{
    /// <summary>What still stands of what the request reaches, newest first.</summary>
    public static IReadOnlyList<EffectRecord> Of(IReadOnlyList<EffectRecord> journal, RollbackRequest request, StepActivities kinds)
    {
        var standing = journal
            .Where(effect => effect.State is EffectState.Intended or EffectState.Applied)
            // What this rollback itself did to prepare, in its own epoch, is none of its work.
            .Where(effect => effect.Epoch < request.Epoch)
            // The undo of an effect is part of the way back already.
            .Where(effect => effect.Undoes is null)
            .Where(effect => request.Surface is null || effect.Surface == request.Surface)
            .OrderByDescending(effect => effect.Sequence);
        List<EffectRecord> within = request.To.Kind == RollbackTargetKind.Percent
            ? DownTo(request.To.Percent ?? 0, standing, kinds)
            : [.. standing.Where(effect => IsWithin(effect, request))];
        if (request.Interrupted.Count == 0) return within;
        var also = request.Interrupted.SelectMany(scope => Of(journal, request with { Interrupted = [], Surface = scope.Surface, Stage = scope.Stage, Attempt = scope.Attempt, To = scope.To }, kinds));
        return [.. within.UnionBy(also, effect => effect.EffectId).OrderByDescending(effect => effect.Sequence)];
    }

    // What lies under a later effect that is low enough already has no influence, and stays.
    private static List<EffectRecord> DownTo(double percent, IEnumerable<EffectRecord> newestFirst, StepActivities kinds) =>
        [.. newestFirst
            .GroupBy(effect => (effect.Target, effect.Uses))
            .SelectMany(effects => effects.TakeWhile(effect => kinds.FindReversible(effect.Uses)?.FallbackTo(effect, percent) is not null))
            .OrderByDescending(effect => effect.Sequence)];

    private static bool IsWithin(EffectRecord effect, RollbackRequest request) => request.To.Kind switch
    {
        RollbackTargetKind.Start => true,
        RollbackTargetKind.Stage => IsAfter(effect.Stage, request),
        // An earlier try of the stage may have left something standing that its own rollback could not undo.
        _ => effect.Stage == request.Stage && effect.Attempt <= request.Attempt,
    };

    // A stage that never opened has no promoted state to return to: then everything is undone.
    private static bool IsAfter(string stage, RollbackRequest request)
    {
        var opened = request.OpenedStages.ToList();
        return opened.LastIndexOf(stage) is var position && (position < 0 || position > opened.LastIndexOf(request.To.Stage ?? ""));
    }
}
