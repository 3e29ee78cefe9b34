using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>An effect that may still be under way when a rollback comes to it.</summary>
internal interface IRunningEffect
{
    /// <summary>Ends what is under way, so that nothing acts after it was taken back. Safe to repeat.</summary>
    void Stop(EffectRecord effect);
}
