namespace RolloutWorkflows.Activities.Tests;

public sealed class InMemoryChannelMemoriesTests : ChannelMemoriesConformance
{
    protected override ValueTask<IChannelMemories> CreateAsync() => new(new InMemoryChannelMemories());
}
