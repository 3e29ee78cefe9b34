using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>An effect without an inverse of its own, which can nevertheless tell where it surely never took place.</summary>
internal interface ISentEffect
{
    /// <summary>True where the effect's line says that nothing was sent, or that it was refused.</summary>
    bool NeverTookPlace(EffectRecord effect);
}
