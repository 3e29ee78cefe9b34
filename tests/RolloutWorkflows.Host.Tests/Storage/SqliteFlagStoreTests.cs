using RolloutWorkflows.Activities;
using RolloutWorkflows.Activities.Tests;

namespace RolloutWorkflows.Host.Tests.Storage;

public sealed class SqliteFlagStoreTests : FlagStoreConformance, IDisposable
{
    private readonly DatabaseFolder databases = new();

    protected override ValueTask<IFlagStore> CreateAsync(TimeProvider time) => new(new SqliteFlagStore(databases.Open(), time));

    public void Dispose() => databases.Dispose();
}
