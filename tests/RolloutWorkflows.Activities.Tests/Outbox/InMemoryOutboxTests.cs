namespace RolloutWorkflows.Activities.Tests;

public sealed class InMemoryOutboxTests : OutboxConformance
{
    protected override ValueTask<(IOutbox Outbox, IRunLog Log)> CreateAsync()
    {
        var log = new InMemoryRunLog();
        return new((new InMemoryOutbox(log, TimeProvider.System), log));
    }
}
