using System.Text.Json;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities.Tests;

/// <summary>What every outbox must do.</summary>
public abstract class OutboxConformance
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>An empty one, and the record that it looks at.</summary>
    protected abstract ValueTask<(IOutbox Outbox, IRunLog Log)> CreateAsync();

    [Fact]
    public async Task Store_Messages_ComeBackWholeAndInOrder()
    {
        var (outbox, _) = await CreateAsync();
        await outbox.StoreAsync("run", "slack", [Message("a"), Message("b")], cursor: 7);

        var stored = await outbox.ListAsync(new OutboxQuery());
        Assert.Equal(["a", "b"], stored.Select(message => message.Message.MessageId));
        Assert.Equal(("run", "slack", OutboxState.Pending, 0, 0), (stored[0].RunId, stored[0].Lane, stored[0].State, stored[0].Attempts, stored[0].Refusals));
        Assert.Equal((Noon, "about a", "say a"), (stored[0].Message.At, stored[0].Message.Summary, stored[0].Message.Content.GetProperty("text").GetString()));
        Assert.True(stored[0].Number < stored[1].Number);
        Assert.Equal(7, (await outbox.FindLaneAsync("run", "slack"))!.Cursor);
    }

    [Fact]
    public async Task Store_TheSameIdAgain_StandsOnceAndTheCursorNeverGoesBack()
    {
        var (outbox, _) = await CreateAsync();
        await outbox.StoreAsync("run", "slack", [Message("a")], cursor: 7);
        await outbox.StoreAsync("run", "slack", [Message("a"), Message("b")], cursor: 3);
        await outbox.StoreAsync("run", "slack", []);

        Assert.Equal(["a", "b"], (await outbox.ListAsync(new OutboxQuery())).Select(message => message.Message.MessageId));
        Assert.Equal(7, (await outbox.FindLaneAsync("run", "slack"))!.Cursor);
    }

    [Fact]
    public async Task Next_IsTheFirstPendingOfItsLane()
    {
        var (outbox, _) = await CreateAsync();
        await outbox.StoreAsync("run", "slack", [Message("a"), Message("b")]);
        await outbox.StoreAsync("run", "webhook:ops", [Message("c")]);
        await outbox.StoreAsync("other", "slack", [Message("d") with { RunId = "other" }]);

        var first = (await outbox.NextAsync("run", "slack"))!;
        Assert.Equal("a", first.Message.MessageId);
        Assert.True(await outbox.ChangeAsync(first, first with { State = OutboxState.Delivered, Reference = "there", SettledAt = Noon }));
        Assert.Equal("b", (await outbox.NextAsync("run", "slack"))!.Message.MessageId);
        Assert.Equal("c", (await outbox.NextAsync("run", "webhook:ops"))!.Message.MessageId);
        Assert.Null(await outbox.NextAsync("run", "releaseIssue"));
        Assert.Equal(("there", Noon), ((await outbox.FindAsync(first.Number))!.Reference, (await outbox.FindAsync(first.Number))!.SettledAt!.Value));
    }

    [Fact]
    public async Task Change_SomebodyChangedItMeanwhile_WritesNothing()
    {
        var (outbox, _) = await CreateAsync();
        await outbox.StoreAsync("run", "slack", [Message("a")]);
        var before = (await outbox.NextAsync("run", "slack"))!;
        Assert.True(await outbox.ChangeAsync(before, before with { State = OutboxState.Dropped, Problem = "no more" }));
        Assert.False(await outbox.ChangeAsync(before, before with { Attempts = 1, Problem = "down", NextTry = Noon }));

        Assert.Equal((OutboxState.Dropped, "no more"), ((await outbox.FindAsync(before.Number))!.State, (await outbox.FindAsync(before.Number))!.Problem));
    }

    [Fact]
    public async Task Change_AFailedTry_KeepsItsCountsAndWhenTheNextIs()
    {
        var (outbox, _) = await CreateAsync();
        await outbox.StoreAsync("run", "slack", [Message("a")]);
        var before = (await outbox.NextAsync("run", "slack"))!;
        await outbox.ChangeAsync(before, before with { Attempts = 2, Refusals = 1, Problem = "down", NextTry = Noon });

        var after = (await outbox.NextAsync("run", "slack"))!;
        Assert.Equal((2, 1, "down", Noon), (after.Attempts, after.Refusals, after.Problem, after.NextTry!.Value));
    }

    [Fact]
    public async Task List_Filters_AreAllKept()
    {
        var (outbox, _) = await CreateAsync();
        await outbox.StoreAsync("run", "slack", [Message("a"), Message("b")]);
        await outbox.StoreAsync("run", "webhook:ops", [Message("c")]);
        await outbox.StoreAsync("other", "slack", [Message("d") with { RunId = "other" }]);
        var first = (await outbox.NextAsync("run", "slack"))!;
        await outbox.ChangeAsync(first, first with { State = OutboxState.Parked });

        Assert.Equal(["a", "b", "c"], await IdsAsync(new OutboxQuery { RunId = "run" }));
        Assert.Equal(["a"], await IdsAsync(new OutboxQuery { State = OutboxState.Parked }));
        Assert.Equal(["b", "d"], await IdsAsync(new OutboxQuery { Lane = "slack", State = OutboxState.Pending }));
        Assert.Equal(["b"], await IdsAsync(new OutboxQuery { After = first.Number, Limit = 1 }));

        async Task<IEnumerable<string>> IdsAsync(OutboxQuery query) => (await outbox.ListAsync(query)).Select(message => message.Message.MessageId);
    }

    [Fact]
    public async Task NoteNews_OfSomeLanes_ReturnsTheseAndOpensWhatHadFinished()
    {
        var (outbox, _) = await CreateAsync();
        foreach (var lane in new[] { "releaseIssue", "slack", "webhook:ops" }) await outbox.OpenAsync("run", lane);
        Assert.True(await outbox.FinishAsync((await outbox.FindLaneAsync("run", "slack"))!));

        var woken = await outbox.NoteNewsAsync("run", ["releaseIssue", "slack", "nowhere"]);
        Assert.Equal([("releaseIssue", 1L, 1, false), ("slack", 1L, 2, false)], woken.Select(lane => (lane.Name, lane.News, lane.Opening, lane.IsFinished)));
        Assert.Equal([("releaseIssue", 1L), ("slack", 1L), ("webhook:ops", 0L)], (await outbox.ListLanesAsync("run")).Select(lane => (lane.Name, lane.News)));
        Assert.Empty(await outbox.NoteNewsAsync("other", ["slack"]));
    }

    [Fact]
    public async Task Finish_NewsCameOrSomethingIsPending_GoesOn()
    {
        var (outbox, _) = await CreateAsync();
        await outbox.OpenAsync("run", "slack");
        var read = (await outbox.FindLaneAsync("run", "slack"))!;
        await outbox.NoteNewsAsync("run", ["slack"]);
        Assert.False(await outbox.FinishAsync(read));

        await outbox.StoreAsync("run", "slack", [Message("a")]);
        Assert.False(await outbox.FinishAsync((await outbox.FindLaneAsync("run", "slack"))!));
        var message = (await outbox.NextAsync("run", "slack"))!;
        await outbox.ChangeAsync(message, message with { State = OutboxState.Parked });
        Assert.True(await outbox.FinishAsync((await outbox.FindLaneAsync("run", "slack"))!));
        Assert.True((await outbox.FindLaneAsync("run", "slack"))!.IsFinished);
    }

    [Fact]
    public async Task KeepRefresh_WritesNothingElseOfTheLane()
    {
        var (outbox, _) = await CreateAsync();
        await outbox.StoreAsync("run", "slack", [], cursor: 1);
        var read = (await outbox.FindLaneAsync("run", "slack"))!;
        await outbox.NoteNewsAsync("run", ["slack"]);
        await outbox.KeepRefreshAsync(read with { RefreshedAt = Noon, FailedRefreshes = 2, NextRefresh = Noon.AddHours(1), Problem = "down", Cursor = 0 });

        var after = (await outbox.FindLaneAsync("run", "slack"))!;
        Assert.Equal((1L, 1L, Noon, 2, Noon.AddHours(1), "down"), (after.Cursor, after.News, after.RefreshedAt!.Value, after.FailedRefreshes, after.NextRefresh!.Value, after.Problem));
    }

    [Fact]
    public async Task ListToWake_IsWhatHasNotFinishedAndWhatHasNotSeenTheWholeRecord()
    {
        var (outbox, log) = await CreateAsync();
        foreach (var (run, lane) in new[] { ("going", "slack"), ("ended", "slack"), ("late", "slack"), ("late", "webhook:ops") }) await outbox.OpenAsync(run, lane);
        foreach (var run in new[] { "ended", "late" })
        {
            await log.AppendAsync(Line(run, "first"));
            await outbox.StoreAsync(run, "slack", [], (await log.ReadAsync(run)).Position);
            foreach (var lane in await outbox.ListLanesAsync(run)) Assert.True(await outbox.FinishAsync(lane));
        }

        await log.AppendAsync(Line("late", "second"));
        Assert.Equal([("going", "slack"), ("late", "slack")], (await outbox.ListToWakeAsync()).Select(lane => (lane.RunId, lane.Name)).Order());
    }

    private static ChannelMessage Message(string id) => new()
    {
        MessageId = id,
        RunId = "run",
        At = Noon,
        Summary = $"about {id}",
        Content = JsonSerializer.SerializeToElement(new { text = $"say {id}" }),
    };

    private static RunLogEntry Line(string run, string id) => new()
    {
        EntryId = $"{run}/{id}",
        RunId = run,
        At = Noon,
        PlaybookTime = Noon,
        Kind = RunLogKind.Started,
        Actor = "ada",
        Message = id,
    };
}
