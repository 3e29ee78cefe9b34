using System.Text.Json;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities.Tests;

/// <summary>What every run log must do.</summary>
public abstract class RunLogConformance
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>An empty log.</summary>
    protected abstract ValueTask<IRunLog> CreateAsync();

    [Fact]
    public async Task Append_Entry_ComesBackWhole()
    {
        var log = await CreateAsync();
        var full = Entry("a") with
        {
            Stage = "one",
            Attempt = 2,
            Reason = "because",
            CommandId = "command",
            PlaybookTime = Noon.AddDays(3),
            Data = JsonSerializer.SerializeToElement(new { percent = 10 }),
        };

        await log.AppendAsync(full);
        await log.AppendAsync(Entry("b"));

        var entries = (await log.ReadAsync("run")).Entries;
        Assert.Equal([JsonSerializer.Serialize(full), JsonSerializer.Serialize(Entry("b"))], entries.Select(entry => JsonSerializer.Serialize(entry)));
    }

    [Fact]
    public async Task Append_SameIdAgain_KeepsOneLine()
    {
        var log = await CreateAsync();
        await log.AppendAsync(Entry("a"));

        await log.AppendAsync(Entry("a") with { Message = "again" });

        Assert.Equal("something happened", Assert.Single((await log.ReadAsync("run")).Entries).Message);
    }

    [Fact]
    public async Task Read_Pages_GoOnWhereTheLastEnded()
    {
        var log = await CreateAsync();
        foreach (var id in new[] { "a", "b", "c" })
        {
            await log.AppendAsync(Entry(id));
            await log.AppendAsync(Entry("other-" + id) with { RunId = "other" });
        }

        var first = await log.ReadAsync("run", limit: 2);
        var second = await log.ReadAsync("run", first.Position, limit: 2);
        var third = await log.ReadAsync("run", second.Position, limit: 2);

        Assert.Equal(["a", "b"], first.Entries.Select(entry => entry.EntryId));
        Assert.Equal(["c"], second.Entries.Select(entry => entry.EntryId));
        Assert.Empty(third.Entries);
        Assert.Equal(second.Position, third.Position);
    }

    [Fact]
    public async Task WaitForAnswer_LineIsThere_ReturnsTheFirst()
    {
        var log = await CreateAsync();
        await log.AppendAsync(Entry("a") with { CommandId = "command" });
        await log.AppendAsync(Entry("b") with { CommandId = "command" });

        var answer = await log.WaitForAnswerAsync("command", TestContext.Current.CancellationToken);

        Assert.Equal("a", answer.EntryId);
    }

    [Fact]
    public async Task WaitForAnswer_LineComesLater_WakesEveryWaiter()
    {
        var log = await CreateAsync();
        var waiters = Enumerable.Range(0, 3).Select(_ => log.WaitForAnswerAsync("command", TestContext.Current.CancellationToken)).ToList();
        await log.AppendAsync(Entry("a"));
        Assert.All(waiters, waiter => Assert.False(waiter.IsCompleted));

        await log.AppendAsync(Entry("b") with { CommandId = "other" });
        await log.AppendAsync(Entry("c") with { CommandId = "command" });

        Assert.All(await Task.WhenAll(waiters), answer => Assert.Equal("c", answer.EntryId));
    }

    [Fact]
    public async Task WaitForAnswer_Cancelled_Throws()
    {
        var log = await CreateAsync();
        using var cancellation = new CancellationTokenSource();
        var waiter = log.WaitForAnswerAsync("command", cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiter);
    }

    [Fact]
    public async Task List_Runs_AreNewestFirstInPages()
    {
        var log = await CreateAsync();
        foreach (var run in new[] { "one", "two", "three" })
            await log.AppendAsync(Entry($"{run}-start") with { RunId = run });
        await log.AppendAsync(Entry("one-end") with { RunId = "one", Kind = RunLogKind.Ended });

        var first = await log.ListAsync(limit: 2);
        var second = await log.ListAsync(limit: 2, first.Continuation);

        Assert.Equal(["three", "two"], first.Runs.Select(run => run.RunId));
        Assert.NotNull(first.Continuation);
        var oldest = Assert.Single(second.Runs);
        Assert.Equal(("one", "one-start", "one-end"), (oldest.RunId, oldest.First.EntryId, oldest.Last.EntryId));
        Assert.Null(second.Continuation);
    }

    [Fact]
    public async Task List_UnknownContinuation_Throws()
    {
        var log = await CreateAsync();

        await Assert.ThrowsAsync<ArgumentException>(async () => await log.ListAsync(continuation: "nonsense"));
    }

    [Fact]
    public async Task Append_SameIdFromManySides_KeepsOneLine()
    {
        var log = await CreateAsync();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(async () => await log.AppendAsync(Entry("a")))));

        Assert.Single((await log.ReadAsync("run")).Entries);
    }

    private static RunLogEntry Entry(string id) => new()
    {
        EntryId = id,
        RunId = "run",
        At = Noon,
        PlaybookTime = Noon,
        Kind = RunLogKind.StateChanged,
        Actor = "rollout",
        Message = "something happened",
    };
}
