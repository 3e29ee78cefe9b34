namespace RolloutWorkflows.Activities.Tests;

public sealed class InMemoryMeasurementStoreTests : MeasurementStoreConformance
{
    protected override ValueTask<IMeasurementStore> CreateAsync() => new(new InMemoryMeasurementStore());
}
