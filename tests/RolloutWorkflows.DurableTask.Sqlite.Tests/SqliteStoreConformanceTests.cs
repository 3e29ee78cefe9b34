using RolloutWorkflows.DurableTask.Sqlite.Tests.Conformance;
using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Sqlite.Tests;

public sealed class SqliteStoreConformanceTests : OrchestrationStoreConformance
{
    private readonly TemporaryFolder folder = new();

    // What a commit contains does not depend on how long it waits for the disk.
    protected override IOrchestrationStore CreateStore() =>
        new SqliteOrchestrationStore(new SqliteStoreOptions { Path = folder.Database, Synchronous = SqliteSynchronous.Normal });

    protected override IOrchestrationStore CreateSuccessor(IOrchestrationStore stopped) => CreateStore();

    protected override void CleanUp() => folder.Dispose();
}
