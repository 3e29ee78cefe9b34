using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>Takes back an effect that has no inverse of its own: by the <c>undo</c> that the playbook states, or not at all. Safe to repeat.</summary>
internal sealed class StatedUndo(IEffectJournal journal, StepActivities kinds)
{
    /// <summary>What it came to; blocked where it has to be tried again.</summary>
    public async Task<(CompensationOutcome Outcome, string Message)> RunAsync(
        TaskActivityContext context, EffectRecord effect, CompensationRequest request, CancellationToken cancellation)
    {
        switch (effect.State)
        {
            case EffectState.Compensated:
                return (CompensationOutcome.Restored, $"{effect.Target} was undone before.");
            case EffectState.LeftInPlace:
                return (CompensationOutcome.LeftInPlace, $"{effect.Target} stays as the playbook says.");
        }

        var kind = kinds.Find(effect.Uses);
        (kind as IRunningEffect)?.Stop(effect);
        if (kind is ISentEffect sent && sent.NeverTookPlace(effect))
        {
            await journal.SettleAsync(effect.EffectId, EffectState.Compensated, cancellation: cancellation);
            return (CompensationOutcome.AlreadyPrior, $"{effect.Target} never took place.");
        }

        if (effect.Irreversible || effect.Undo is null)
        {
            await journal.SettleAsync(effect.EffectId, EffectState.LeftInPlace, cancellation: cancellation);
            return (CompensationOutcome.LeftInPlace, $"{effect.Target} stays as the playbook says.");
        }

        return await UndoAsync(context, effect, request, cancellation);
    }

    private async Task<(CompensationOutcome Outcome, string Message)> UndoAsync(
        TaskActivityContext context, EffectRecord effect, CompensationRequest request, CancellationToken cancellation)
    {
        var undo = effect.Undo!;
        if (kinds.Find(undo.Uses) is not { } activity) return (CompensationOutcome.Blocked, $"This build cannot carry out {undo.Uses}, which undoes {effect.Target}.");

        await journal.RaiseEpochAsync(effect.RunId, request.Epoch, request.Surface, cancellation);
        var result = (StepResult)(await activity.RunAsync(context, new StepRequest
        {
            RunId = effect.RunId,
            Playbook = request.Playbook,
            Stage = effect.Stage,
            Attempt = effect.Attempt,
            StepId = $"{effect.StepId}:undo",
            Uses = undo.Uses,
            With = undo.With,
            Epoch = request.Epoch,
            Actor = request.Actor,
            Surface = effect.Surface,
            Irreversible = true,
            Undoes = effect.EffectId,
            Metrics = request.Metrics,
            Channels = request.Channels,
        }))!;
        if (result.Verdict != StepVerdict.Passed) return (CompensationOutcome.Blocked, $"{effect.Target} is not undone yet: {result.Message}");

        await journal.SettleAsync(effect.EffectId, EffectState.Compensated, cancellation: cancellation);
        var doubt = effect.State == EffectState.Applied ? "" : " It was not known whether it had taken place.";
        return (CompensationOutcome.Restored, $"{effect.Target} was undone by {undo.Uses}: {result.Message}{doubt}");
    }
}
