using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Sqlite.Tests.Conformance;

/// <summary>Creation, turns, fencing and atomicity.</summary>
public abstract partial class OrchestrationStoreConformance
{
    [Fact]
    public async Task Instance_Created_IsReadWithAllItsValues()
    {
        var instance = Row("a") with
        {
            Version = "1.2",
            Parent = new ParentLink("p", "pe", 3, "Parent"),
            StartAt = Start.AddHours(1),
            Input = "\"in\"",
            Tags = """{"k":"v"}""",
            WaitSummary = "[]",
            CustomStatus = "1",
            Attempts = 2,
            ParkedReason = "why",
        };

        await CreateAsync(instance);

        Assert.Equal(instance, await GetAsync("a"));
    }

    [Fact]
    public async Task Instance_NeverCreated_IsNotFound() => Assert.Null(await Store.GetInstanceAsync("nobody", Token));

    [Fact]
    public async Task Times_Read_AreUtc()
    {
        await CreateAsync(Row("a"));

        Assert.Equal(DateTimeKind.Utc, (await GetAsync("a")).CreatedAt.Kind);
    }

    [Fact]
    public async Task Turn_Committed_ChangesStateAndAddsHistory()
    {
        await CreateAsync(Row("a") with { Input = "7" });

        await Store.CommitAsync(new StoreUnit { Update = Turn("a") with { WaitSummary = "w", Attempts = 1 }, History = Batch("a", 1, "one") });
        await Store.CommitAsync(new StoreUnit
        {
            Update = Turn("a", 1, status: OrchestrationRuntimeStatus.Completed) with { Output = "8", CustomStatusChanged = true, CustomStatus = "s" },
            History = Batch("a", 2, "two"),
        });

        var row = await GetAsync("a");
        Assert.Equal(
            Row("a") with
            {
                Input = "7",
                Output = "8",
                CustomStatus = "s",
                Status = OrchestrationRuntimeStatus.Completed,
                LastSequence = 2,
                UpdatedAt = Start.AddSeconds(2),
                CompletedAt = Start.AddSeconds(2),
            },
            row);
        Assert.Equal(["one", "two"], await HistoryAsync("a"));
    }

    [Fact]
    public async Task Turn_OrdinaryAfterTheFirst_ReplacesWaitSummaryAndAttempts()
    {
        await CreateAsync(Row("a"));
        await Store.CommitAsync(new StoreUnit { Update = Turn("a") with { WaitSummary = "w1", Attempts = 3 } });

        await Store.CommitAsync(new StoreUnit { Update = Turn("a", 1) with { WaitSummary = "w2" } });

        var row = await GetAsync("a");
        Assert.Equal(("w2", 0, 2L, Start.AddSeconds(2)), (row.WaitSummary, row.Attempts, row.LastSequence, row.UpdatedAt));
    }

    [Fact]
    public async Task Turn_AfterBeingParked_ClearsTheReason()
    {
        await CreateAsync(Row("a"));
        await Store.CommitAsync(new StoreUnit { Update = Turn("a") });
        await Store.CommitAsync(new StoreUnit { Update = Turn("a", 1) with { ParkedReason = "stuck", LastSequence = 1 } });
        Assert.Equal("stuck", (await GetAsync("a")).ParkedReason);

        await Store.CommitAsync(new StoreUnit { Update = Turn("a", 1) });

        Assert.Null((await GetAsync("a")).ParkedReason);
    }

    [Fact]
    public async Task CustomStatus_NotChanged_Stays()
    {
        await CreateAsync(Row("a"));
        await Store.CommitAsync(new StoreUnit { Update = Turn("a") with { CustomStatusChanged = true, CustomStatus = "s" } });

        await Store.CommitAsync(new StoreUnit { Update = Turn("a", 1) });

        Assert.Equal("s", (await GetAsync("a")).CustomStatus);
    }

    [Fact]
    public async Task CustomStatus_ChangedToNothing_IsCleared()
    {
        await CreateAsync(Row("a") with { CustomStatus = "s" });

        await Store.CommitAsync(new StoreUnit { Update = Turn("a") with { CustomStatusChanged = true } });

        Assert.Null((await GetAsync("a")).CustomStatus);
    }

    [Theory]
    [InlineData("e1", 1)]
    [InlineData("e2", 0)]
    public async Task Turn_ThatExpectsAnotherState_ChangesNothing(string execution, long sequence)
    {
        await CreateAsync(Row("a"));
        await CreateAsync(Row("ended") with { Status = OrchestrationRuntimeStatus.Completed });
        var before = await GetAsync("a");

        var result = await Store.CommitAsync(new StoreUnit
        {
            Purges = ["ended"],
            Update = Turn("a", sequence, execution),
            History = Batch("a", 1),
            NewTimers = [new TimerRow("a", "e1", 1, Start)],
            NewActivities = [Activity("a", 2)],
            Creations = [Creation(Row("child"))],
            Messages = [Message("a")],
        });

        Assert.Equal(CommitOutcome.Stale, result.Outcome);
        Assert.Equal(before, await GetAsync("a"));
        Assert.NotNull(await Store.GetInstanceAsync("ended", Token));
        Assert.Null(await Store.GetInstanceAsync("child", Token));
        Assert.Empty(await HistoryAsync("a"));
        Assert.Empty(await InboxAsync("a"));
        Assert.Empty(await Store.LoadActivitiesAsync(Token));
        Assert.Null(await Store.GetNextTimerAsync(DateTime.MinValue, Token));
    }

    [Fact]
    public async Task Turn_OfAnUnknownInstance_IsStale() =>
        Assert.Equal(CommitOutcome.Stale, (await Store.CommitAsync(new StoreUnit { Update = Turn("nobody") })).Outcome);

    [Fact]
    public async Task Turn_CommittedTwice_AppliesOnce()
    {
        await CreateAsync(Row("a"));
        StoreUnit Unit() => new() { Update = Turn("a"), History = Batch("a", 1, "one"), NewActivities = [Activity("a", 1)] };

        var both = await Task.WhenAll(Store.CommitAsync(Unit()), Store.CommitAsync(Unit()));

        Assert.Equal([CommitOutcome.Committed, CommitOutcome.Stale], both.Select(result => result.Outcome));
        Assert.Equal(["one"], await HistoryAsync("a"));
        Assert.Single(await Store.LoadActivitiesAsync(Token));
    }

    [Fact]
    public async Task ContinueAsNew_Committed_StartsAnEmptyExecution()
    {
        await CreateAsync(Row("a") with { Input = "1", Version = "1", StartAt = Start });
        await Store.CommitAsync(new StoreUnit { Update = Turn("a"), History = Batch("a", 1, "old") });

        await Store.CommitAsync(new StoreUnit
        {
            Update = Turn("a", 1) with { NewExecution = new NewExecution("e2", "2", "9"), LastSequence = 0 },
            DropHistory = true,
            History = Batch("a", 0, "kept", "e2"),
        });

        var row = await GetAsync("a");
        Assert.Equal(("e2", "2", "9", 0L, Start), (row.ExecutionId, row.Version, row.Input, row.LastSequence, row.CreatedAt));
        Assert.Null(row.StartAt);
        Assert.Empty(await HistoryAsync("a"));
        Assert.Equal(["kept"], await HistoryAsync("a", "e2"));
        Assert.Equal(["a"], await Store.LoadRunnableInstancesAsync(Start, Token));
    }

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Running, CommitOutcome.Rejected)]
    [InlineData(OrchestrationRuntimeStatus.Completed, CommitOutcome.Committed)]
    public async Task Creation_OfAnExistingId_DependsOnItsStatus(OrchestrationRuntimeStatus status, CommitOutcome expected)
    {
        await CreateAsync(Row("a") with { Status = status });
        await Store.CommitAsync(new StoreUnit { Update = Turn("a", status: status), History = Batch("a", 1) });

        var result = await CreateAsync(Row("a", "e2"), OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running);

        Assert.Equal(expected, result.Outcome);
        Assert.Equal(expected == CommitOutcome.Rejected ? "e1" : "e2", (await GetAsync("a")).ExecutionId);
        Assert.Equal(expected == CommitOutcome.Rejected ? 1 : 0, (await HistoryAsync("a")).Length);
        Assert.Equal(expected == CommitOutcome.Rejected ? ["a"] : [], result.RejectedCreations);
    }

    [Fact]
    public async Task Creation_ForbiddenWithoutConflictMessage_RejectsTheWholeUnit()
    {
        await CreateAsync(Row("parent"));
        await CreateAsync(Row("taken"));

        var result = await Store.CommitAsync(new StoreUnit
        {
            Update = Turn("parent"),
            Creations = [Creation(Row("free")), Creation(Row("taken", "e2"), OrchestrationRuntimeStatus.Pending)],
        });

        Assert.Equal(CommitOutcome.Rejected, result.Outcome);
        Assert.Equal(["taken"], result.RejectedCreations);
        Assert.Equal(0, (await GetAsync("parent")).LastSequence);
        Assert.Null(await Store.GetInstanceAsync("free", Token));
    }

    [Fact]
    public async Task Creation_ForbiddenWithConflictMessage_StoresTheMessageInstead()
    {
        await CreateAsync(Row("parent"));
        await CreateAsync(Row("taken"));

        var result = await Store.CommitAsync(new StoreUnit
        {
            Update = Turn("parent"),
            Creations = [Creation(Row("taken", "e2"), OrchestrationRuntimeStatus.Pending) with { ConflictMessage = Message("parent", "conflict") }],
        });

        Assert.Equal(CommitOutcome.Committed, result.Outcome);
        Assert.Equal(["taken"], result.RejectedCreations);
        Assert.Equal(1, (await GetAsync("parent")).LastSequence);
        Assert.Equal(["conflict"], await InboxAsync("parent"));
        Assert.Equal("e1", (await GetAsync("taken")).ExecutionId);
    }

    [Fact]
    public async Task Creation_ReplacingAnEndedInstance_RemovesAllItsRows()
    {
        await CreateAsync(Row("a"));
        await Store.CommitAsync(new StoreUnit
        {
            Update = Turn("a"),
            History = Batch("a", 1),
            NewTimers = [new TimerRow("a", "e1", 1, Start)],
            NewActivities = [Activity("a", 2)],
            Messages = [Message("a")],
        });

        await CreateAsync(Row("a", "e2"));

        Assert.Empty(await HistoryAsync("a"));
        Assert.Empty(await InboxAsync("a"));
        Assert.Empty(await Store.LoadActivitiesAsync(Token));
        Assert.Null(await Store.GetNextTimerAsync(DateTime.MinValue, Token));
    }

    [Fact]
    public async Task Units_FromManyCallers_AreAllCommitted()
    {
        await Task.WhenAll(Enumerable.Range(0, 200).Select(n => CreateAsync(Row($"i{n:000}"))));
        await Task.WhenAll(Enumerable.Range(0, 200).Select(n =>
            Store.CommitAsync(new StoreUnit { Update = Turn($"i{n:000}"), History = Batch($"i{n:000}", 1, $"h{n}") })));

        for (var n = 0; n < 200; n++) Assert.Equal([$"h{n}"], await HistoryAsync($"i{n:000}"));
    }
}
