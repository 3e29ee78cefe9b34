using RolloutWorkflows.Activities;
using RolloutWorkflows.Activities.Tests;

namespace RolloutWorkflows.Host.Tests.Storage;

public sealed class SqliteChannelMemoriesTests : ChannelMemoriesConformance, IDisposable
{
    private readonly DatabaseFolder databases = new();

    protected override ValueTask<IChannelMemories> CreateAsync() => new(new SqliteChannelMemories(databases.Open()));

    public void Dispose() => databases.Dispose();
}
