using RolloutWorkflows.Activities;
using RolloutWorkflows.Activities.Tests;

namespace RolloutWorkflows.Host.Tests.Storage;

public sealed class SqliteLeasesTests : LeasesConformance, IDisposable
{
    private readonly DatabaseFolder databases = new();

    protected override ValueTask<ILeases> CreateAsync() => new(new SqliteLeases(databases.Open()));

    public void Dispose() => databases.Dispose();
}
