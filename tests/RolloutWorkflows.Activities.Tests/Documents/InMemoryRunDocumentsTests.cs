namespace RolloutWorkflows.Activities.Tests;

public sealed class InMemoryRunDocumentsTests : RunDocumentsConformance
{
    protected override ValueTask<IRunDocuments> CreateAsync() => new(new InMemoryRunDocuments());
}
