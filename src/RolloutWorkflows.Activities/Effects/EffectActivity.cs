using System.Text.Json;
using Microsoft.Extensions.Logging;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Base of all steps that change something. The intent is journaled before it is sent, so that a rollback knows of it
/// whatever happens then; a step that is delivered again finds its intent and reads back before it would send; one
/// that a rollback has overtaken does nothing; and what was set is read back.
/// </summary>
internal abstract class EffectActivity<TStep>(IEffectJournal journal, EffectGate gate, TimeProvider time, ILogger logger)
    : StepActivity<TStep>(time, logger), IReversibleEffect, ILeasedStep, IForecastEffect
    where TStep : class
{
    public abstract Task<JsonElement> ReadAsync(string target, CancellationToken cancellation);

    public abstract Task<EffectWrite> ChangeAsync(string target, Func<JsonElement, JsonElement> decide, EffectSender sender, CancellationToken cancellation);

    public virtual bool Overlap(string target, string other) => string.Equals(target, other, StringComparison.Ordinal);

    public abstract bool Same(JsonElement one, JsonElement other);

    public virtual bool IsHalfWay(JsonElement present, JsonElement from, JsonElement to) => false;

    public abstract JsonElement NoneOf(EffectRecord effect);

    public abstract JsonElement LowerOf(JsonElement present, JsonElement restored, EffectRecord effect);

    public virtual JsonElement? FallbackTo(EffectRecord effect, double percent) => null;

    public virtual Task<string?> ChangedByAsync(string target, CancellationToken cancellation) => Task.FromResult<string?>(null);

    public abstract string Describe(JsonElement value);

    public IReadOnlyList<string> LeasesOf(IReadOnlyDictionary<string, JsonElement> with) =>
        StepBinder.TryBind<TStep>(with, out var step, out _) ? LeasesOf(TargetOf(step)) : [];

    public async Task<EffectForecast?> ForecastAsync(string playbook, IReadOnlyDictionary<string, JsonElement> with, CancellationToken cancellation)
    {
        if (!StepBinder.TryBind<TStep>(with, out var step, out _) || gate.RefusalByGrants(playbook, LeasesOf(TargetOf(step))) is not null) return null;
        var present = await ReadAsync(TargetOf(step), cancellation);
        return new EffectForecast(TargetOf(step), Describe(present), Describe(IntendedBy(step, present)));
    }

    public virtual IReadOnlyList<string> LeasesOf(string target) => [target];

    /// <summary>What the step changes, such as <c>flag:NAME</c>.</summary>
    protected abstract string TargetOf(TStep step);

    /// <summary>The value that the step sets, given the present one.</summary>
    protected abstract JsonElement IntendedBy(TStep step, JsonElement present);

    /// <summary>Why the step cannot act on its target as it stands, or null where it can. Asked before anything is journaled.</summary>
    protected abstract Task<string?> ObstacleAsync(TStep step, CancellationToken cancellation);

    /// <summary>Reads a value as a playbook writes it under <c>rollbackTo</c>; null where it is none.</summary>
    protected abstract JsonElement? ReadRollbackTo(TStep step, JsonElement given);

    /// <summary>The value to fall back to where somebody else interfered and neither value is the lower one; null: none is stated.</summary>
    protected virtual JsonElement? SafeOf(TStep step) => null;

    /// <summary>The outputs of a step that was applied.</summary>
    protected abstract (string Name, object? Value)[] OutputsOf(JsonElement before, JsonElement after);

    protected sealed override async Task<StepResult> ExecuteAsync(StepCall<TStep> call, CancellationToken cancellation)
    {
        if (UnusableOptionOf(call) is { } unusable) return Errored(unusable);
        if (await ObstacleAsync(call.Step, cancellation) is { } obstacle) return Errored(obstacle);
        if (await gate.RefusalAsync(call.Request, LeasesOf(TargetOf(call.Step)), cancellation) is { } leased) return Errored(leased);
        var present = await ReadAsync(TargetOf(call.Step), cancellation);
        var intent = await journal.IntendAsync(ToRecord(call, present), cancellation);
        if (intent.Outcome == EffectIntentOutcome.Refused)
            return Errored($"{call.Request.Uses} was not sent: the run was rolled back in the meantime (its epoch is {intent.Epoch}, the step's {call.Request.Epoch}).");

        var effect = intent.Record;
        if (intent.Outcome == EffectIntentOutcome.Known && Same(present, effect.Intended)) return await SettleAsync(effect, present, cancellation);
        if (effect.State != EffectState.Intended)
            return Errored($"{effect.Target} was set to {Describe(effect.Intended)} by this step, and somebody has changed it to {Describe(present)} since.") with { Effect = effect };
        return await SendAsync(effect, call.Request, cancellation);
    }

    private async Task<StepResult> SendAsync(EffectRecord effect, StepRequest request, CancellationToken cancellation)
    {
        try
        {
            var write = await ChangeAsync(effect.Target, present => Decide(effect, present), SenderOf(effect, request), cancellation);
            if (write.Refusal is { } refusal) return Errored($"{effect.Target} was not changed: {refusal}.") with { Effect = effect };
        }
        catch (EffectConflictException conflict)
        {
            return Errored(conflict.Message) with { Effect = effect };
        }

        var after = await ReadAsync(effect.Target, cancellation);
        return Same(after, effect.Intended)
            ? await SettleAsync(effect, after, cancellation)
            : Errored($"{effect.Target} was set to {Describe(effect.Intended)} but reads {Describe(after)}.") with { Effect = effect };
    }

    // The journaled prior value is what a rollback restores: writing over any other value would lose that one.
    private JsonElement Decide(EffectRecord effect, JsonElement present) =>
        Same(present, effect.Prior) || Same(present, effect.Intended) || IsHalfWay(present, effect.Prior, effect.Intended)
            ? effect.Intended
            : throw new EffectConflictException($"{effect.Target} was not changed: somebody changed it from {Describe(effect.Prior)} to {Describe(present)} while the step was under way.");

    private async Task<StepResult> SettleAsync(EffectRecord effect, JsonElement after, CancellationToken cancellation)
    {
        await journal.SettleAsync(effect.EffectId, EffectState.Applied, cancellation: cancellation);
        var message = Same(effect.Prior, effect.Intended)
            ? $"{effect.Target} stood at {Describe(after)} already."
            : $"{effect.Target} went from {Describe(effect.Prior)} to {Describe(after)}.";
        return Passed(message, OutputsOf(effect.Prior, after)) with { Effect = effect with { State = EffectState.Applied } };
    }

    private string? UnusableOptionOf(StepCall<TStep> call)
    {
        var request = call.Request;
        if (request.Undo is not null) return $"{request.Uses} takes no undo: the value found before is restored by itself. Remove it, or state rollbackTo.";
        return request.RollbackTo is { } rollbackTo && ReadRollbackTo(call.Step, rollbackTo) is null
            ? $"{request.Uses} cannot be rolled back to {rollbackTo.GetRawText()}: that is no value of its target."
            : null;
    }

    private EffectRecord ToRecord(StepCall<TStep> call, JsonElement prior) => new()
    {
        EffectId = call.Key,
        RunId = call.Request.RunId,
        Sequence = 0,
        Epoch = call.Request.Epoch,
        Stage = call.Request.Stage,
        Attempt = call.Request.Attempt,
        StepId = call.Request.StepId,
        Uses = call.Request.Uses,
        Target = TargetOf(call.Step),
        Prior = prior,
        Intended = IntendedBy(call.Step, prior),
        State = EffectState.Intended,
        Surface = call.Request.Surface,
        RollbackTo = call.Request.RollbackTo is { } rollbackTo ? ReadRollbackTo(call.Step, rollbackTo) : null,
        Safe = SafeOf(call.Step),
        Irreversible = call.Request.Irreversible,
        Undoes = call.Request.Undoes,
        IntendedAt = Time.GetUtcNow(),
    };

    private static EffectSender SenderOf(EffectRecord effect, StepRequest request) => new()
    {
        Actor = request.Actor,
        Reason = $"{request.Playbook}, stage {request.Stage}, step {request.StepId}",
        Fence = new FlagFence(effect.RunId, effect.Epoch, effect.Sequence) { Surface = effect.Surface },
        Stage = effect.Stage,
        Attempt = effect.Attempt,
    };
}
