namespace RolloutWorkflows.Activities.Tests;

public sealed class InMemoryRunLogTests : RunLogConformance
{
    protected override ValueTask<IRunLog> CreateAsync() => new(new InMemoryRunLog());
}
