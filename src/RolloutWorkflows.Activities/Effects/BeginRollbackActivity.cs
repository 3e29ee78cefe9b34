using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Raises the run's epoch, from when on no older step may act, and lists what a rollback has to undo, newest first.
/// Repeating it raises nothing more and lists what still stands.
/// </summary>
[DurableTask(ActivityNames.BeginRollback)]
internal sealed class BeginRollbackActivity(IEffectJournal journal, StepActivities kinds) : TaskActivity<RollbackRequest, RollbackWork>
{
    public override async Task<RollbackWork> RunAsync(TaskActivityContext context, RollbackRequest input)
    {
        var stopping = ActivityCall.StoppingOf(context);
        await journal.RaiseEpochAsync(input.RunId, input.Epoch, stopping);
        var standing = (await journal.ListAsync(input.RunId, stopping))
            .Where(effect => effect.State is EffectState.Intended or EffectState.Applied)
            // What this rollback itself did to prepare, in its own epoch, is none of its work.
            .Where(effect => effect.Epoch < input.Epoch)
            // The undo of an effect is part of the way back already.
            .Where(effect => effect.Undoes is null)
            .OrderByDescending(effect => effect.Sequence);
        return new RollbackWork
        {
            Effects = input.To.Kind == RollbackTargetKind.Percent
                ? DownTo(input.To.Percent ?? 0, standing)
                : [.. standing.Where(effect => IsWithin(effect, input))],
        };
    }

    // What lies under a later effect that is low enough already has no influence, and stays.
    private List<EffectRecord> DownTo(double percent, IEnumerable<EffectRecord> newestFirst) =>
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
