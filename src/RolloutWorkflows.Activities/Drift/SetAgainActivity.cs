using System.Text.Json;
using Microsoft.Extensions.Logging;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Sets the run's own values again where somebody had changed them. Only values that still read as people were shown
/// are changed, each is read back, and a rollback that overtook it is respected. Safe to repeat.
/// </summary>
[DurableTask(ActivityNames.SetAgain)]
internal sealed class SetAgainActivity(IEffectJournal journal, StepActivities kinds, ILogger<SetAgainActivity> logger) : TaskActivity<DriftSettlement, DriftSettled>
{
    public override async Task<DriftSettled> RunAsync(TaskActivityContext context, DriftSettlement input)
    {
        var stopping = ActivityCall.StoppingOf(context);
        var messages = new List<string>();
        var left = new List<DriftedTarget>();
        foreach (var target in input.Targets)
        {
            var (message, unsettled) = await TryAsync(target, input, stopping);
            messages.Add(message);
            if (unsettled is { } still) left.Add(still);
        }

        return new DriftSettled { Messages = messages, Left = left };
    }

    private async Task<(string Message, DriftedTarget? Left)> TryAsync(DriftedTarget target, DriftSettlement settlement, CancellationToken stopping)
    {
        try
        {
            return await SetAsync(target, settlement, stopping);
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            logger.LogError(exception, "Run {Run}: {Target} could not be set again", settlement.RunId, target.Target);
            return ($"{target.Target} could not be set again: {exception.Message}", target);
        }
    }

    private async Task<(string Message, DriftedTarget? Left)> SetAsync(DriftedTarget target, DriftSettlement settlement, CancellationToken stopping)
    {
        if (await journal.FindAsync(target.EffectId, stopping) is not { State: EffectState.Applied } effect || kinds.FindReversible(effect.Uses) is not { } kind)
            return ($"{target.Target} is no longer what the run set; it was left alone", null);
        if (await journal.EpochOfAsync(effect.RunId, effect.Surface, stopping) > settlement.Epoch)
            return ($"{target.Target} was left alone: the run was rolled back in the meantime", null);

        var goal = effect.Accepted ?? effect.Intended;
        var sender = new EffectSender
        {
            Actor = settlement.Actor,
            Reason = $"set again after drift{(settlement.Reason is { Length: > 0 } reason ? $": {reason}" : "")}",
            Fence = new FlagFence(effect.RunId, settlement.Epoch, await journal.NextSequenceAsync(effect.RunId, stopping)) { Surface = effect.Surface },
            Stage = effect.Stage,
            Attempt = effect.Attempt,
        };
        var write = await kind.ChangeAsync(effect.Target, present => Decide(present), sender, stopping);
        if (write.Refusal is { } refusal) return ($"{effect.Target} was not changed: {refusal}", target);
        var still = await EffectReader.CompareAsync(effect, kind, stopping);
        return still is null ? ($"{effect.Target} was set to {kind.Describe(goal)} again", null) : ($"{effect.Target} was changed once more: {still}", still);

        // Somebody may have changed it once more since people were shown it: that is theirs to see first.
        JsonElement Decide(JsonElement present) => kind.Same(present, target.Present) ? goal : present;
    }
}
