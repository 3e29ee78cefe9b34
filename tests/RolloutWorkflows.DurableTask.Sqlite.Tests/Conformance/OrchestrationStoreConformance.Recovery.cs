using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Sqlite.Tests.Conformance;

/// <summary>What the next owner finds.</summary>
public abstract partial class OrchestrationStoreConformance
{
    [Fact]
    public void Recovery_OfANewStore_IsCleanAndFirst() => Assert.Equal(new StoreRecovery(1, true, 0), Recovery);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Reopen_AfterAnyStop_FindsEverything(bool clean)
    {
        await CreateAsync(Row("a") with { Input = "1" });
        await Store.CommitAsync(new StoreUnit
        {
            Update = Turn("a"),
            History = Batch("a", 1, "one"),
            NewTimers = [new TimerRow("a", "e1", 1, Start)],
            NewActivities = [Activity("a", 2)],
            Messages = [Message("a", "hello"), Message("nobody", "lost", keep: true)],
        });
        var before = await GetAsync("a");

        await ReopenAsync(clean);

        Assert.Equal(before, await GetAsync("a"));
        Assert.Equal(["one"], await HistoryAsync("a"));
        Assert.Equal(["hello"], await InboxAsync("a"));
        Assert.Equal([new TimerRow("a", "e1", 1, Start)], await Store.LoadTimersAsync(DateTime.MinValue, Start, Token));
        Assert.Equal([Activity("a", 2) with { Attempts = clean ? 0 : 1 }], await Store.LoadActivitiesAsync(Token));
        Assert.Single(await Store.LoadDeadLettersAsync(10, Token));
        Assert.Equal((2L, clean), (Recovery.BootEpoch, Recovery.LastStopWasClean));
    }

    [Fact]
    public async Task Reopen_AfterManyUncleanStops_CountsOnlyTheActivitiesThatWereDeliveredAgain()
    {
        await CreateAsync(Row("a"));
        await Store.CommitAsync(new StoreUnit { NewActivities = [Activity("a", 1), Activity("a", 2)] });

        await ReopenAsync(clean: false);
        await Store.CommitAsync(new StoreUnit { Redeliveries = [Activity("a", 2).Key, Activity("a", 9).Key, Activity("nobody", 2).Key] });
        await ReopenAsync(clean: false);
        await ReopenAsync(clean: false);

        Assert.Equal(
            [Activity("a", 1) with { Attempts = 1 }, Activity("a", 2) with { Attempts = 2 }], await Store.LoadActivitiesAsync(Token));
    }

    [Fact]
    public async Task Reopen_AfterMessagesWereConsumed_StillKnowsTheHighestNumber()
    {
        await CreateAsync(Row("a"));
        await Store.CommitAsync(new StoreUnit { Messages = [Message("a"), Message("a"), Message("a")] });
        await Store.CommitAsync(new StoreUnit { Update = Turn("a"), ConsumedMessages = [1, 2, 3] });

        await ReopenAsync();

        Assert.True(Recovery.LastMessageSequence >= 3, $"Expected at least 3, got {Recovery.LastMessageSequence}.");
    }

    [Fact]
    public async Task Reopen_MoreThanOnce_RaisesTheEpochEachTime()
    {
        await ReopenAsync();
        await ReopenAsync(clean: false);

        Assert.Equal(3, Recovery.BootEpoch);
    }

    [Fact]
    public async Task Reopen_WithActivities_KeepsNewOnesBehindOldOnes()
    {
        await CreateAsync(Row("a"));
        await Store.CommitAsync(new StoreUnit { Update = Turn("a"), NewActivities = [Activity("a", 9), Activity("a", 8)] });

        await ReopenAsync();
        await Store.CommitAsync(new StoreUnit { Update = Turn("a", 1), NewActivities = [Activity("a", 1)] });

        Assert.Equal([9, 8, 1], (await Store.LoadActivitiesAsync(Token)).Select(activity => activity.Key.TaskId));
    }
}
