using RolloutWorkflows.Activities;
using RolloutWorkflows.Activities.Tests;

namespace RolloutWorkflows.Host.Tests.Storage;

public sealed class SqliteRunDocumentsTests : RunDocumentsConformance, IDisposable
{
    private readonly DatabaseFolder databases = new();

    protected override ValueTask<IRunDocuments> CreateAsync() => new(new SqliteRunDocuments(databases.Open()));

    public void Dispose() => databases.Dispose();
}
