using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>The journal's answer to an intent.</summary>
/// <param name="Outcome">Whether it may be sent.</param>
/// <param name="Record">The line as it stands in the journal: the new one, or the one written before. For a refused one that was never written, the line as it was offered.</param>
/// <param name="Epoch">The run's epoch, or its surface's where that is higher.</param>
public sealed record EffectIntent(EffectIntentOutcome Outcome, EffectRecord Record, int Epoch);
