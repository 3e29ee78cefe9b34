using System.Text;
using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.History;

namespace RolloutWorkflows.DurableTask.Tests.History;

public sealed class HistorySerializerTests
{
    private static readonly DateTime At = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    /// <summary>What is stored today must be readable for ever: these texts may only be added to.</summary>
    public static TheoryData<HistoryEvent, string> Wire => new()
    {
        { new TurnStarted(At), """{"k":"turn","at":"2026-01-02T03:04:05Z"}""" },
        { new ExecutionStarted("x"), """{"k":"started","exec":"x"}""" },
        { new TaskScheduled(3, "a"), """{"k":"task","id":3,"name":"a"}""" },
        { new TaskCompleted(3, "\"r\""), """{"k":"taskDone","id":3,"out":"\"r\""}""" },
        { new TaskFailed(3, new("T", "m", null, null, null, true)), """{"k":"taskFailed","id":3,"fail":{"type":"T","msg":"m","final":true}}""" },
        { new TimerCreated(4, At), """{"k":"timer","id":4,"due":"2026-01-02T03:04:05Z"}""" },
        { new TimerFired(0), """{"k":"timerFired"}""" },
        { new SubOrchestrationCreated(5, "o", "i"), """{"k":"sub","id":5,"name":"o","inst":"i"}""" },
        { new SubOrchestrationCompleted(5, null), """{"k":"subDone","id":5}""" },
        { new SubOrchestrationFailed(5, new("T", "m", "s", null, null, false)), """{"k":"subFailed","id":5,"fail":{"type":"T","msg":"m","stack":"s"}}""" },
        { new EventRaised("e", "1"), """{"k":"event","name":"e","in":"1"}""" },
        { new EventSent(6, "i", "e"), """{"k":"sent","id":6,"inst":"i","name":"e"}""" },
        { new ExecutionSuspended("w"), """{"k":"suspended","why":"w"}""" },
        { new ExecutionResumed(null), """{"k":"resumed"}""" },
        { new ExecutionTerminated("1", true), """{"k":"terminated","out":"1","rec":true}""" },
        { new ExecutionEnded(OrchestrationRuntimeStatus.Failed), """{"k":"ended","status":"Failed"}""" },
    };

    [Theory]
    [MemberData(nameof(Wire))]
    public void Event_Written_HasItsFixedForm(HistoryEvent happened, string json)
    {
        Assert.Equal(json, Encoding.UTF8.GetString(HistorySerializer.Write(happened).Span));
        Assert.Equal(happened, HistorySerializer.Read(Encoding.UTF8.GetBytes(json)));
    }

    [Fact]
    public void Batch_OfEvents_ComesBackInOrder()
    {
        IReadOnlyList<HistoryEvent> batch = [new TurnStarted(At), new EventRaised("ä\"\n", "{\"x\":1}"), new TaskScheduled(0, "a")];

        Assert.Equal(batch, HistorySerializer.ReadBatch(HistorySerializer.WriteBatch(batch)));
    }

    [Fact]
    public void Failure_WithPropertiesAndInnerFailure_KeepsThem()
    {
        TaskFailureDetails details = new("Outer", "o", "stack", new("Inner", "i", null, null, null), new Dictionary<string, object?>
        {
            ["text"] = "t",
            ["number"] = 7,
            ["time"] = At,
            ["list"] = new List<object?> { 1, "two", null },
            ["map"] = new Dictionary<string, object?> { ["flag"] = true },
            ["nothing"] = null,
        });

        TaskFailureDetails read = HistorySerializer.ReadFailure(HistorySerializer.WriteFailure(details))!;

        Assert.Equal("Inner", read.InnerFailure!.ErrorType);
        Assert.Equal("t", read.Properties!["text"]);
        Assert.Equal(7.0, read.Properties["number"]);
        Assert.Equal(At, read.Properties["time"]);
        Assert.Equal([1.0, "two", null], Assert.IsType<List<object?>>(read.Properties["list"]));
        Assert.Equal(true, Assert.IsType<Dictionary<string, object?>>(read.Properties["map"])["flag"]);
        Assert.Null(read.Properties["nothing"]);
    }
}
