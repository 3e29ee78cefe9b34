namespace RolloutWorkflows.Orchestrations;

/// <summary>Registers the rollout's orchestrations with a durable-task worker.</summary>
public static class DurableTaskRegistryExtensions
{
    /// <summary>Adds the rollout, stage, soak and rollback orchestrators under their released names.</summary>
    public static DurableTaskRegistry AddRolloutOrchestrations(this DurableTaskRegistry registry)
    {
        registry.AddOrchestrator<RolloutOrchestrator>();
        registry.AddOrchestrator<StageOrchestrator>();
        registry.AddOrchestrator<SoakOrchestrator>();
        registry.AddOrchestrator<RollbackOrchestrator>();
        return registry;
    }
}
