namespace RolloutWorkflows.Orchestrations;

/// <summary>Registers the rollout's orchestrations with a durable-task worker.</summary>
public static class DurableTaskRegistryExtensions
{
    /// <summary>Adds the rollout, stage, soak, rollback, outbox and protection orchestrators under their released names.</summary>
    public static DurableTaskRegistry AddRolloutOrchestrations(this DurableTaskRegistry registry)
    {
        registry.AddOrchestrator<RolloutOrchestrator>();
        registry.AddOrchestrator<StageOrchestrator>();
        registry.AddOrchestrator<SoakOrchestrator>();
        registry.AddOrchestrator<RollbackOrchestrator>();
        registry.AddOrchestrator<OutboxOrchestrator>();
        registry.AddOrchestrator<ProtectionOrchestrator>();
        return registry;
    }
}
