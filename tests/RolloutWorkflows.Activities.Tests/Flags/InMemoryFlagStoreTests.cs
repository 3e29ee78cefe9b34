namespace RolloutWorkflows.Activities.Tests;

public sealed class InMemoryFlagStoreTests : FlagStoreConformance
{
    protected override ValueTask<IFlagStore> CreateAsync(TimeProvider time) => new(new InMemoryFlagStore(time));
}
