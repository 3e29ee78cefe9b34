using System.Text.Json;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>
/// The decision of how one effect is undone, made on the value that stands when it is written. A fallback to a
/// percentage undoes an effect only as far as that: where its prior value is lower, the effect stands on with the new
/// value, so that a later rollback can go the rest of the way.
/// </summary>
internal sealed class Restoration(EffectRecord effect, IReversibleEffect kind, JsonElement? fallback)
{
    private readonly JsonElement _goal = fallback ?? effect.RollbackTo ?? (effect.Prior.ValueKind == JsonValueKind.Null ? kind.NoneOf(effect) : effect.Prior);

    private JsonElement _found;

    public CompensationOutcome Outcome { get; private set; }

    /// <summary>The value to be read back.</summary>
    public JsonElement Written { get; private set; }

    /// <summary>What becomes of the effect's line.</summary>
    public EffectState State =>
        Outcome == CompensationOutcome.Drifted ? EffectState.Drifted
        : StandsOn ? EffectState.Applied
        : EffectState.Compensated;

    /// <summary>The value that the effect's line now stands for; null: as before.</summary>
    public JsonElement? Standing => State == EffectState.Applied ? Written : null;

    public string Message => Outcome switch
    {
        CompensationOutcome.AlreadyPrior => $"{effect.Target} stood at {kind.Describe(Written)} already.",
        CompensationOutcome.Restored => $"{effect.Target} went back from {kind.Describe(_found)} to {kind.Describe(Written)}.",
        _ => $"{effect.Target} was changed by somebody else: {kind.Describe(_found)} stood where {kind.Describe(effect.Intended)} was expected; it is now {kind.Describe(Written)}.",
    };

    private bool StandsOn => fallback is not null && !kind.Same(kind.LowerOf(effect.Prior, _goal, effect), _goal);

    /// <summary>The value to write, given the present one. Called again where the write has to be tried again.</summary>
    public JsonElement Decide(JsonElement present)
    {
        _found = present;
        (Outcome, Written) =
            kind.Same(present, _goal) ? (CompensationOutcome.AlreadyPrior, _goal)
            : kind.Same(present, effect.Intended) || kind.IsHalfWay(present, effect.Prior, effect.Intended) || kind.IsHalfWay(present, _goal, effect.Intended) ? (CompensationOutcome.Restored, _goal)
            : (CompensationOutcome.Drifted, kind.LowerOf(present, _goal, effect));
        return Written;
    }
}
