using RolloutWorkflows.Activities;
using RolloutWorkflows.Activities.Tests;

namespace RolloutWorkflows.Host.Tests.Storage;

public sealed class SqliteOutboxTests : OutboxConformance, IDisposable
{
    private readonly DatabaseFolder databases = new();

    protected override ValueTask<(IOutbox Outbox, IRunLog Log)> CreateAsync()
    {
        var database = databases.Open();
        return new((new SqliteOutbox(database, TimeProvider.System), new SqliteRunLog(database)));
    }

    public void Dispose() => databases.Dispose();
}
