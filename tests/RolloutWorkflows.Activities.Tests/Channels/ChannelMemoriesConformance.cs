namespace RolloutWorkflows.Activities.Tests;

/// <summary>What every memory of channels must do.</summary>
public abstract class ChannelMemoriesConformance
{
    /// <summary>An empty one.</summary>
    protected abstract ValueTask<IChannelMemories> CreateAsync();

    [Fact]
    public async Task Set_AndAgain_TheLaterValueStands()
    {
        var memory = (await CreateAsync()).Of("run", "slack");
        await memory.SetAsync("thread", "C1/1");
        await memory.SetAsync("thread", "C1/2");
        Assert.Equal("C1/2", await memory.GetAsync("thread"));
        Assert.Null(await memory.GetAsync("other"));
    }

    [Fact]
    public async Task Get_OtherRunOrChannel_KnowsNothing()
    {
        var memories = await CreateAsync();
        await memories.Of("run", "slack").SetAsync("key", "value");
        Assert.Null(await memories.Of("other", "slack").GetAsync("key"));
        Assert.Null(await memories.Of("run", "releaseIssue").GetAsync("key"));
        Assert.Equal("value", await memories.Of("run", "slack").GetAsync("key"));
    }

    [Fact]
    public async Task Find_SeveralRuns_ComeNewestFirstHoweverOftenAnOldOneKeepsItAgain()
    {
        var memories = await CreateAsync();
        foreach (var run in new[] { "first", "second", "third" }) await memories.Of(run, "releaseIssue").SetAsync("issue", "o/n#12");
        await memories.Of("first", "releaseIssue").SetAsync("issue", "o/n#12");
        await memories.Of("fourth", "releaseIssue").SetAsync("issue", "o/n#13");
        await memories.Of("fourth", "slack").SetAsync("issue", "o/n#12");
        Assert.Equal(["third", "second", "first"], await memories.FindAsync("releaseIssue", "issue", "o/n#12"));
        Assert.Empty(await memories.FindAsync("releaseIssue", "issue", "o/n#14"));
    }

    [Fact]
    public async Task Find_ValueReplaced_IsNotFoundByTheOldOne()
    {
        var memories = await CreateAsync();
        await memories.Of("run", "slack").SetAsync("thread", "C1/1");
        await memories.Of("run", "slack").SetAsync("thread", "C1/2");
        Assert.Empty(await memories.FindAsync("slack", "thread", "C1/1"));
        Assert.Equal(["run"], await memories.FindAsync("slack", "thread", "C1/2"));
    }
}
