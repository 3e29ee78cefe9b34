using RolloutWorkflows.Activities;
using RolloutWorkflows.Activities.Tests;

namespace RolloutWorkflows.Host.Tests.Storage;

public sealed class SqliteMeasurementStoreTests : MeasurementStoreConformance, IDisposable
{
    private readonly DatabaseFolder databases = new();

    protected override ValueTask<IMeasurementStore> CreateAsync() => new(new SqliteMeasurementStore(databases.Open()));

    public void Dispose() => databases.Dispose();
}
