using System.Text.Json;
using Microsoft.Extensions.Logging;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Undoes one effect. It compares first: where the prior value stands nothing is changed, where the run's own value
/// stands the prior one is restored, and anything else is somebody else's change, after which exposure is never
/// raised. Safe to repeat; what goes wrong is an outcome, not an exception.
/// </summary>
[DurableTask(ActivityNames.Compensate)]
internal sealed class CompensateActivity(IEffectJournal journal, StepActivities kinds, TimeProvider time, ILogger<CompensateActivity> logger)
    : TaskActivity<CompensationRequest, CompensationResult>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public override async Task<CompensationResult> RunAsync(TaskActivityContext context, CompensationRequest input)
    {
        var stopping = ActivityCall.StoppingOf(context);
        using var limit = new CancellationTokenSource(Limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stopping, limit.Token);
        EffectRecord? effect = null;
        try
        {
            effect = await journal.FindAsync(input.EffectId, both.Token);
            return effect is null
                ? Result(input.EffectId, "", CompensationOutcome.Blocked, "The effect is not in the journal.", default)
                : await CompensateAsync(context, effect, input, both.Token);
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            logger.LogError(exception, "Run {Run}: effect {Effect} on {Target} could not be undone yet", input.RunId, input.EffectId, effect?.Target);
            var why = limit.IsCancellationRequested ? $"it took longer than {Limit.TotalSeconds:0} s" : exception.Message;
            return Result(input.EffectId, effect?.Target ?? "", CompensationOutcome.Blocked, $"Undoing {effect?.Target ?? "the effect"} did not work: {why}", default);
        }
    }

    private async Task<CompensationResult> CompensateAsync(TaskActivityContext context, EffectRecord effect, CompensationRequest request, CancellationToken cancellation)
    {
        if (kinds.FindReversible(effect.Uses) is not { } kind)
        {
            var undone = await new StatedUndo(journal, kinds).RunAsync(context, effect, request, cancellation);
            return Result(effect, undone.Outcome, undone.Message, default);
        }

        var fallback = request.Percent is { } percent ? kind.FallbackTo(effect, percent) : null;
        if (await WithoutChangeAsync(effect, kind, request, cancellation) is { } settled) return settled;

        var restoration = new Restoration(effect, kind, fallback);
        if (await journal.RaiseEpochAsync(effect.RunId, request.Epoch, request.Surface, cancellation) is var epoch && epoch > request.Epoch)
            return Result(effect, CompensationOutcome.Blocked, $"{effect.Target} was not changed: a later command overtook this rollback (its epoch is {request.Epoch}, the run's {epoch}).", default);
        var sender = await SenderAsync(effect, request, cancellation);
        var write = await kind.ChangeAsync(effect.Target, restoration.Decide, sender, cancellation);
        if (write.Refusal is { } refusal) return Result(effect, CompensationOutcome.Blocked, $"{effect.Target} was not changed: {refusal}.", write.Before);

        var after = await kind.ReadAsync(effect.Target, cancellation);
        if (!kind.Same(after, restoration.Written))
            return Result(effect, CompensationOutcome.Blocked, $"{effect.Target} was set to {kind.Describe(restoration.Written)} but reads {kind.Describe(after)}.", after);
        await journal.SettleAsync(effect.EffectId, restoration.State, restoration.Standing, cancellation);
        return Result(effect, restoration.Outcome, restoration.Message, after);
    }

    /// <summary>The result where the effect must not be touched, or not yet; null where it is to be undone.</summary>
    private async Task<CompensationResult?> WithoutChangeAsync(EffectRecord effect, IReversibleEffect kind, CompensationRequest request, CancellationToken cancellation)
    {
        if (effect.State is EffectState.Compensated or EffectState.Drifted or EffectState.LeftInPlace)
            return await SettledAsync(effect, kind, cancellation);

        var newer = (await journal.ListAsync(effect.RunId, cancellation))
            .Where(other => other.Sequence > effect.Sequence && other.Undoes is null && other.Uses == effect.Uses && kind.Overlap(other.Target, effect.Target))
            .ToList();
        if (effect.Irreversible || newer.Exists(other => other.State == EffectState.LeftInPlace))
        {
            await journal.SettleAsync(effect.EffectId, EffectState.LeftInPlace, cancellation: cancellation);
            return await SettledAsync(effect with { State = EffectState.LeftInPlace }, kind, cancellation);
        }

        // What another surface has set since stands on, and is what the target reads: the journal keeps this line for a rollback of all.
        if (request.Surface is { } surface && newer.Find(other => other.State is EffectState.Intended or EffectState.Applied && other.Surface != surface) is { } standing)
        {
            return Result(effect, CompensationOutcome.LeftInPlace, $"{effect.Target} stays, since step {standing.StepId} in stage {standing.Stage} ({standing.Surface ?? "no surface"}) has changed it since and is not rolled back.", await kind.ReadAsync(effect.Target, cancellation));
        }

        // Older effects on the same target rest on the values of newer ones, so those go first.
        return newer.Find(other => other.State is EffectState.Intended or EffectState.Applied) is { } first
            ? Result(effect, CompensationOutcome.Blocked, $"{effect.Target} waits for the later change of step {first.StepId} in stage {first.Stage} to be undone.", default)
            : null;
    }

    private async Task<CompensationResult> SettledAsync(EffectRecord effect, IReversibleEffect kind, CancellationToken cancellation)
    {
        var present = await kind.ReadAsync(effect.Target, cancellation);
        var (outcome, what) = effect.State switch
        {
            EffectState.Compensated => (CompensationOutcome.Restored, "was undone before"),
            EffectState.Drifted => (CompensationOutcome.Drifted, "was changed by somebody else and settled before"),
            _ => (CompensationOutcome.LeftInPlace, "stays as the playbook says"),
        };
        return Result(effect, outcome, $"{effect.Target} {what}; it reads {kind.Describe(present)}.", present);
    }

    private async Task<EffectSender> SenderAsync(EffectRecord effect, CompensationRequest request, CancellationToken cancellation) => new()
    {
        Actor = request.Actor,
        Reason = $"rollback: {request.Reason}",
        Fence = new FlagFence(effect.RunId, request.Epoch, await journal.NextSequenceAsync(effect.RunId, cancellation)) { Surface = effect.Surface },
        Stage = effect.Stage,
        Attempt = effect.Attempt,
    };

    private CompensationResult Result(EffectRecord effect, CompensationOutcome outcome, string message, JsonElement readBack) =>
        Result(effect.EffectId, effect.Target, outcome, message, readBack);

    private CompensationResult Result(string effectId, string target, CompensationOutcome outcome, string message, JsonElement readBack) => new()
    {
        EffectId = effectId,
        Target = target,
        Outcome = outcome,
        Message = message,
        ReadBack = readBack.ValueKind == JsonValueKind.Undefined ? JsonSerializer.SerializeToElement<object?>(null) : readBack,
        At = time.GetUtcNow(),
    };
}
