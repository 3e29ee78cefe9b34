using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Sqlite.Tests.Conformance;

/// <summary>Large values and purge.</summary>
public abstract partial class OrchestrationStoreConformance
{
    public static TheoryData<int> Sizes => [0, 1, 65_536, 65_537, 1_500_000];

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task Values_OfAnySize_AreReadAsWritten(int size)
    {
        var text = Sample(size);
        await CreateAsync(Row("a") with { Input = text, Tags = text });
        await Store.CommitAsync(new StoreUnit
        {
            Update = Turn("a") with { CustomStatusChanged = true, CustomStatus = text },
            History = Batch("a", 1, text),
            NewActivities = [Activity("a", 1, text)],
            Messages = [Message("a", text, keep: true)],
        });

        Assert.Equal([text], await HistoryAsync("a"));
        Assert.Equal([text], await InboxAsync("a"));
        Assert.Equal(text, Assert.Single(await Store.LoadActivitiesAsync(Token)).Input);

        await Store.CommitAsync(new StoreUnit { Update = Ending("a", 1) with { Output = text, Failure = text } });
        var row = await GetAsync("a");
        Assert.Equal(text, row.Input);
        Assert.Equal(text, row.Tags);
        Assert.Equal(text, row.CustomStatus);
        Assert.Equal(text, row.Output);
        Assert.Equal(text, row.Failure);
        Assert.Equal(text, Text(Assert.Single(await Store.LoadDeadLettersAsync(1, Token)).Payload));
    }

    [Fact]
    public async Task Value_LargeThenSmallThenLarge_IsAlwaysTheLastOne()
    {
        await CreateAsync(Row("a"));
        string[] values = [Sample(100_000), "small", Sample(200_000)];
        for (var n = 0; n < values.Length; n++)
        {
            await Store.CommitAsync(new StoreUnit { Update = Turn("a", n) with { CustomStatusChanged = true, CustomStatus = values[n] } });
            Assert.Equal(values[n], (await GetAsync("a")).CustomStatus);
        }
    }

    [Fact]
    public async Task LargeWork_RemovedAndAddedAgain_IsReadAsWritten()
    {
        await CreateAsync(Row("a"));
        await Store.CommitAsync(new StoreUnit { Update = Turn("a"), NewActivities = [Activity("a", 1, Sample(100_000))], Messages = [Message("a", Sample(100_000))] });
        await Store.CommitAsync(new StoreUnit { Update = Turn("a", 1), RemovedActivities = [new ActivityKey("a", "e1", 1)], ConsumedMessages = [1] });
        Assert.Empty(await Store.LoadActivitiesAsync(Token));
        Assert.Empty(await InboxAsync("a"));

        var again = Activity("a", 1, Sample(120_000));
        await Store.CommitAsync(new StoreUnit { Update = Turn("a", 2), NewActivities = [again] });

        Assert.Equal([again], await Store.LoadActivitiesAsync(Token));
    }

    [Fact]
    public async Task Purge_OfManyEnded_RemovesThemWithAllTheirRows()
    {
        const int Count = 1_200;
        var ids = Enumerable.Range(0, Count).Select(n => $"i{n:0000}").ToArray();
        await Task.WhenAll(ids.Select(id => CreateAsync(Row(id) with { Input = id.EndsWith("00", StringComparison.Ordinal) ? Sample(100_000) : null })));
        await Task.WhenAll(ids.Select(id => Store.CommitAsync(new StoreUnit { Update = Ending(id), History = Batch(id, 1) })));
        await CreateAsync(Row("running"));

        var result = await Store.CommitAsync(new StoreUnit { Purges = [.. ids, "running", "nobody"] });

        Assert.Equal(Count, result.PurgedInstances);
        Assert.Equal(["running"], (await Store.QueryInstancesAsync(new InstanceQuery(), Token)).Instances.Select(instance => instance.InstanceId));
        Assert.Empty(await HistoryAsync(ids[0]));
    }

    private static string Sample(int length) => string.Create(length, 0, (span, _) =>
    {
        for (var i = 0; i < span.Length; i++) span[i] = (char)('a' + (i % 23));
    });
}
