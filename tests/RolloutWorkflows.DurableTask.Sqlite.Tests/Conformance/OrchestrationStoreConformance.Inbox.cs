using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Sqlite.Tests.Conformance;

/// <summary>Messages and dead letters.</summary>
public abstract partial class OrchestrationStoreConformance
{
    [Fact]
    public async Task Messages_ToOneInstance_ComeInOrder()
    {
        await CreateAsync(Row("a"));
        await CreateAsync(Row("b"));
        await Store.CommitAsync(new StoreUnit { Messages = [Message("a", "1"), Message("b", "x"), Message("a", "2")] });
        await Store.CommitAsync(new StoreUnit { Messages = [Message("a", "3", "e1", keep: true)] });

        var inbox = await Store.LoadInboxAsync("a", Token);

        Assert.Equal(["1", "2", "3"], inbox.Select(message => Text(message.Payload)));
        Assert.Equal([1L, 3L, 4L], inbox.Select(message => message.Sequence));
        Assert.Equal((null, false), (inbox[0].ExecutionId, inbox[0].KeepAsDeadLetter));
        Assert.Equal(("e1", true), (inbox[2].ExecutionId, inbox[2].KeepAsDeadLetter));
    }

    [Fact]
    public async Task Messages_Consumed_AreGoneAndTheOthersStay()
    {
        await CreateAsync(Row("a"));
        await Store.CommitAsync(new StoreUnit { Messages = [Message("a", "1"), Message("a", "2"), Message("a", "3")] });

        await Store.CommitAsync(new StoreUnit { Update = Turn("a"), ConsumedMessages = [1, 3] });

        Assert.Equal(["2"], await InboxAsync("a"));
    }

    [Fact]
    public async Task Message_ToNobody_IsReportedAndKeptIfAsked()
    {
        var result = await Store.CommitAsync(new StoreUnit { Messages = [Message("nobody", "lost"), Message("nobody", "kept", keep: true)] });

        Assert.Equal(CommitOutcome.Committed, result.Outcome);
        Assert.Equal([1L, 2L], result.UndeliveredMessages);
        var letter = Assert.Single(await Store.LoadDeadLettersAsync(10, Token));
        Assert.Equal((2L, "nobody", "kept", DeadLetter.UnknownInstance), (letter.Sequence, letter.InstanceId, Text(letter.Payload), letter.Reason));
    }

    [Fact]
    public async Task Message_ToAnEndedInstance_IsReportedAndKeptIfAsked()
    {
        await CreateAsync(Row("a") with { Status = OrchestrationRuntimeStatus.Terminated });

        var result = await Store.CommitAsync(new StoreUnit { Messages = [Message("a", keep: true)] });

        Assert.Equal([1L], result.UndeliveredMessages);
        Assert.Equal([DeadLetter.EndedInstance], (await Store.LoadDeadLettersAsync(10, Token)).Select(letter => letter.Reason));
        Assert.Empty(await InboxAsync("a"));
    }

    [Fact]
    public async Task Message_ForAnotherExecution_IsReportedAndDropped()
    {
        await CreateAsync(Row("a"));

        var result = await Store.CommitAsync(new StoreUnit { Messages = [Message("a", execution: "e0"), Message("a", "mine", execution: "e1")] });

        Assert.Equal([1L], result.UndeliveredMessages);
        Assert.Equal(["mine"], await InboxAsync("a"));
    }

    [Fact]
    public async Task Message_ToAnInstanceOfTheSameUnit_IsDelivered()
    {
        await Store.CommitAsync(new StoreUnit { Creations = [Creation(Row("a"))], Messages = [Message("a", "hello")] });

        Assert.Equal(["hello"], await InboxAsync("a"));
    }

    [Fact]
    public async Task Messages_WaitingWhenTheInstanceEnds_BecomeDeadLettersIfAsked()
    {
        await CreateAsync(Row("a"));
        await Store.CommitAsync(new StoreUnit { Messages = [Message("a", "consumed", keep: true), Message("a", "kept", keep: true), Message("a", "lost")] });

        await Store.CommitAsync(new StoreUnit { Update = Ending("a"), ConsumedMessages = [1] });

        Assert.Empty(await InboxAsync("a"));
        Assert.Equal([("kept", DeadLetter.EndedInstance)], (await Store.LoadDeadLettersAsync(10, Token)).Select(letter => (Text(letter.Payload), letter.Reason)));
        Assert.Empty(await Store.LoadRunnableInstancesAsync(Start, Token));
    }

    [Fact]
    public async Task DeadLetters_Many_ComeNewestFirst()
    {
        await Store.CommitAsync(new StoreUnit { Messages = [.. Enumerable.Range(0, 5).Select(n => Message("nobody", $"{n}", keep: true))] });

        Assert.Equal(["4", "3"], (await Store.LoadDeadLettersAsync(2, Token)).Select(letter => Text(letter.Payload)));
    }
}
