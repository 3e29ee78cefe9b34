using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.Execution.Turns;
using RolloutWorkflows.DurableTask.History;

namespace RolloutWorkflows.DurableTask.Tests.Execution.Turns;

public sealed class EventMailboxTests
{
    [Fact]
    public void Event_WithSeveralWaiters_GoesToTheNewest()
    {
        Executor<int, string> executor = new(async (context, _) =>
        {
            Task<string> first = context.WaitForExternalEvent<string>("e");
            Task<string> second = context.WaitForExternalEvent<string>("E");
            return $"{await second}{await first}";
        });
        executor.Turn();

        TurnResult result = executor.Turn(new EventRaised("e", "\"a\""), new EventRaised("e", "\"b\""));

        Assert.Equal("\"ab\"", result.Output);
    }

    [Fact]
    public void Event_WithOnlyACancelledWaiter_IsKeptForTheNext()
    {
        Executor<int, string> executor = new(async (context, _) =>
        {
            try
            {
                await context.WaitForExternalEvent<string>("approval", TimeSpan.FromMinutes(1));
            }
            catch (TaskCanceledException)
            {
                await context.WaitForExternalEvent<string>("other");
            }

            return await context.WaitForExternalEvent<string>("approval");
        });
        executor.Turn();
        executor.Turn(new TimerFired(0));
        executor.Turn(new EventRaised("approval", "\"late\""));

        TurnResult result = executor.Turn(new EventRaised("other", "\"\""));

        Assert.Equal("\"late\"", result.Output);
    }

    [Fact]
    public void Event_ThatCannotBeRead_FailsItsWaiterAndCanBeCaught()
    {
        Executor<int, string> executor = new(async (context, _) =>
        {
            try
            {
                await context.WaitForExternalEvent<int>("number");
                return "read";
            }
            catch (System.Text.Json.JsonException)
            {
                return "caught";
            }
        });
        executor.Turn();

        TurnResult result = executor.Turn(new EventRaised("number", "\"not a number\""));

        Assert.Equal("\"caught\"", result.Output);
    }

    [Fact]
    public void Wait_WithAnotherTypeForOneName_Throws()
    {
        Executor<int, string> executor = new((context, input) =>
        {
            _ = context.WaitForExternalEvent<int>("e");
            return context.WaitForExternalEvent<string>("e");
        });

        TurnResult result = executor.Turn();

        Assert.Equal(OrchestrationRuntimeStatus.Failed, result.Status);
        Assert.Equal(typeof(ArgumentException).FullName, result.Failure!.ErrorType);
    }

    [Fact]
    public void ContinueAsNew_WithKeptAndLateEvents_PassesThemOnInOrder()
    {
        Executor<int, int> executor = new(async (context, _) =>
        {
            int taken = await context.WaitForExternalEvent<int>("n");
            context.ContinueAsNew(taken);
            return taken;
        });
        executor.Turn(new EventRaised("other", "0"));

        TurnResult result = executor.Turn(
            new EventRaised("n", "1"), new EventRaised("n", "2"), new TimerFired(9), new ExecutionSuspended("s"), new EventRaised("n", "3"));

        Assert.Equal("1", result.Continuation!.Input);
        Assert.Equal(
            [new EventRaised("other", "0"), new EventRaised("n", "2"), new ExecutionSuspended("s"), new EventRaised("n", "3")],
            result.Continuation.Inherited);
    }

    [Fact]
    public void ContinueAsNew_ThenAnException_FailsInstead()
    {
        Executor<int, int> executor = new((context, _) =>
        {
            context.ContinueAsNew(1);
            throw new InvalidOperationException("no");
        });

        TurnResult result = executor.Turn();

        Assert.Equal(OrchestrationRuntimeStatus.Failed, result.Status);
        Assert.Null(result.Continuation);
    }
}
