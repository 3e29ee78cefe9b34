namespace RolloutWorkflows.Activities.Tests;

public sealed class InMemoryLeasesTests : LeasesConformance
{
    protected override ValueTask<ILeases> CreateAsync() => new(new InMemoryLeases());
}
