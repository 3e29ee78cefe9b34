using System.Text.Json;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>
/// A kind of value that steps change and rollbacks restore. Values are JSON: what the journal keeps. Implemented by
/// the step's own activity, so that going forward and going back share their code.
/// </summary>
internal interface IReversibleEffect
{
    /// <summary>The value as it stands now; JSON null where there is none.</summary>
    Task<JsonElement> ReadAsync(string target, CancellationToken cancellation);

    /// <summary>Changes the value to what <paramref name="decide"/> makes of the present one, in one go where the target allows it. What <paramref name="decide"/> throws passes through.</summary>
    Task<EffectWrite> ChangeAsync(string target, Func<JsonElement, JsonElement> decide, EffectSender sender, CancellationToken cancellation);

    /// <summary>True where a change of one target may touch the other, so that the newer one is undone first.</summary>
    bool Overlap(string target, string other);

    /// <summary>The texts by which a target is leased: two targets share one exactly where they <see cref="Overlap"/>.</summary>
    IReadOnlyList<string> LeasesOf(string target);

    /// <summary>True where two values mean the same.</summary>
    bool Same(JsonElement one, JsonElement other);

    /// <summary>True where the present value is a part of the way from one value to another: where a change of several things stops, and can be gone on with or undone. Never so where a change is one write.</summary>
    bool IsHalfWay(JsonElement present, JsonElement from, JsonElement to) => false;

    /// <summary>The value that stands for none: what a rollback restores where there was none before.</summary>
    JsonElement NoneOf(EffectRecord effect);

    /// <summary>The value that exposes nobody who is not exposed by both. Used where somebody else changed the target.</summary>
    JsonElement LowerOf(JsonElement present, JsonElement restored, EffectRecord effect);

    /// <summary>The value for a rollback to a percentage, or null where the effect has none or is not above it.</summary>
    JsonElement? FallbackTo(EffectRecord effect, double percent);

    /// <summary>Who changed the value last, and why, as far as the target's own audit knows; null where it keeps none.</summary>
    Task<string?> ChangedByAsync(string target, CancellationToken cancellation);

    /// <summary>The value for people.</summary>
    string Describe(JsonElement value);
}
