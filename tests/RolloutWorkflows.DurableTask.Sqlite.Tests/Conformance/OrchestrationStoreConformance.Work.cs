using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Sqlite.Tests.Conformance;

/// <summary>Timers, activities and what is runnable at start.</summary>
public abstract partial class OrchestrationStoreConformance
{
    [Fact]
    public async Task Timers_InARange_ComeInDueOrder()
    {
        await CreateAsync(Row("a"));
        await CreateAsync(Row("b"));
        TimerRow[] timers =
        [
            new("a", "e1", 1, Start.AddSeconds(30)),
            new("b", "e1", 1, Start.AddSeconds(10)),
            new("a", "e1", 2, Start.AddSeconds(20)),
            new("b", "e1", 2, Start.AddDays(100)),
        ];
        await Store.CommitAsync(new StoreUnit { NewTimers = timers });

        Assert.Equal([timers[1], timers[2], timers[0]], await Store.LoadTimersAsync(DateTime.MinValue, Start.AddSeconds(30), Token));
        Assert.Equal([timers[0]], await Store.LoadTimersAsync(Start.AddSeconds(20), Start.AddSeconds(60), Token));
        Assert.Equal(Start.AddDays(100), await Store.GetNextTimerAsync(Start.AddSeconds(30), Token));
        Assert.Null(await Store.GetNextTimerAsync(Start.AddDays(100), Token));
    }

    [Fact]
    public async Task Timer_Removed_IsGoneAndTheOthersStay()
    {
        await CreateAsync(Row("a"));
        await Store.CommitAsync(new StoreUnit
        {
            Update = Turn("a"),
            NewTimers = [new TimerRow("a", "e1", 1, Start), new TimerRow("a", "e1", 2, Start)],
        });

        await Store.CommitAsync(new StoreUnit
        {
            Update = Turn("a", 1),
            RemovedTimers = [new TimerRow("a", "e1", 1, Start), new TimerRow("a", "e1", 99, Start)],
        });

        Assert.Equal([new TimerRow("a", "e1", 2, Start)], await Store.LoadTimersAsync(DateTime.MinValue, Start, Token));
    }

    [Fact]
    public async Task StartTimer_OfAnInstanceCreatedInTheSameUnit_IsKept()
    {
        var timer = new TimerRow("a", "e1", TimerRow.StartTaskId, Start.AddHours(1));

        await Store.CommitAsync(new StoreUnit { Creations = [Creation(Row("a") with { StartAt = timer.DueAt })], NewTimers = [timer] });

        Assert.Equal([timer], await Store.LoadTimersAsync(Start, timer.DueAt, Token));
    }

    [Fact]
    public async Task Activities_Open_ComeInTheOrderInWhichTheyWereAdded()
    {
        await CreateAsync(Row("b"));
        await CreateAsync(Row("a"));
        var first = Activity("b", 7, "in") with { Version = "3", Tags = """{"t":"1"}""" };
        await Store.CommitAsync(new StoreUnit { Update = Turn("b"), NewActivities = [first, Activity("b", 2)] });
        await Store.CommitAsync(new StoreUnit { Update = Turn("a"), NewActivities = [Activity("a", 1)] });

        Assert.Equal([first, Activity("b", 2), Activity("a", 1)], await Store.LoadActivitiesAsync(Token));
    }

    [Fact]
    public async Task Activity_Removed_IsGoneAndTheOthersStay()
    {
        await CreateAsync(Row("a"));
        await Store.CommitAsync(new StoreUnit { Update = Turn("a"), NewActivities = [Activity("a", 1), Activity("a", 2)] });

        await Store.CommitAsync(new StoreUnit
        {
            Update = Turn("a", 1),
            RemovedActivities = [new ActivityKey("a", "e1", 1), new ActivityKey("a", "e1", 9), new ActivityKey("nobody", "e1", 1)],
        });

        Assert.Equal([Activity("a", 2)], await Store.LoadActivitiesAsync(Token));
    }

    [Fact]
    public async Task OpenWork_Dropped_IsGoneBeforeNewWorkIsAdded()
    {
        await CreateAsync(Row("a"));
        await CreateAsync(Row("b"));
        await Store.CommitAsync(new StoreUnit { Update = Turn("a"), NewTimers = [new TimerRow("a", "e1", 1, Start)], NewActivities = [Activity("a", 2)] });
        await Store.CommitAsync(new StoreUnit { Update = Turn("b"), NewActivities = [Activity("b", 1)] });

        await Store.CommitAsync(new StoreUnit
        {
            Update = Turn("a", 1),
            DropOpenWork = true,
            NewTimers = [new TimerRow("a", "e2", 1, Start)],
            NewActivities = [Activity("a", 3)],
        });

        Assert.Equal([new TimerRow("a", "e2", 1, Start)], await Store.LoadTimersAsync(DateTime.MinValue, Start, Token));
        Assert.Equal([Activity("b", 1), Activity("a", 3)], await Store.LoadActivitiesAsync(Token));
    }

    [Fact]
    public async Task Runnable_AtStart_AreNewOnesThatAreDueAndThoseWithMessages()
    {
        await CreateAsync(Row("new"));
        await CreateAsync(Row("due") with { StartAt = Start });
        await CreateAsync(Row("later") with { StartAt = Start.AddTicks(1) });
        await CreateAsync(Row("waiting"));
        await CreateAsync(Row("messaged"));
        await Store.CommitAsync(new StoreUnit { Update = Turn("waiting") });
        await Store.CommitAsync(new StoreUnit { Update = Turn("messaged") });
        await Store.CommitAsync(new StoreUnit { Messages = [Message("messaged"), Message("messaged")] });

        Assert.Equal(["due", "messaged", "new"], (await Store.LoadRunnableInstancesAsync(Start, Token)).Order());
    }
}
