using RolloutWorkflows.DurableTask.Sqlite.Tests.Conformance;
using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Sqlite.Tests;

/// <summary>The store of tests and simulations answers as the durable one does.</summary>
public sealed class InMemoryStoreConformanceTests : OrchestrationStoreConformance
{
    protected override IOrchestrationStore CreateStore() => new InMemoryOrchestrationStore();

    protected override IOrchestrationStore CreateSuccessor(IOrchestrationStore stopped) => stopped;
}
