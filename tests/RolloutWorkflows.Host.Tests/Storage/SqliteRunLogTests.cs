using RolloutWorkflows.Activities;
using RolloutWorkflows.Activities.Tests;

namespace RolloutWorkflows.Host.Tests.Storage;

public sealed class SqliteRunLogTests : RunLogConformance, IDisposable
{
    private readonly DatabaseFolder databases = new();

    protected override ValueTask<IRunLog> CreateAsync() => new(new SqliteRunLog(databases.Open()));

    public void Dispose() => databases.Dispose();
}
