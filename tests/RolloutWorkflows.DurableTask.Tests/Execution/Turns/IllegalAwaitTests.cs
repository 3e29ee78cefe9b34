using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.Execution.Turns;
using RolloutWorkflows.DurableTask.History;

namespace RolloutWorkflows.DurableTask.Tests.Execution.Turns;

public sealed class IllegalAwaitTests
{
    [Fact]
    public void Turn_AwaitingATaskOfNobody_Parks()
    {
        Executor<int, int> executor = new((_, _) => new TaskCompletionSource<int>().Task);

        TurnResult result = executor.Turn();

        Assert.Contains("awaits a task that its context did not create", result.ParkReason, StringComparison.Ordinal);
        Assert.Empty(result.Events);
    }

    [Fact]
    public async Task Turn_AfterAContinuationFromAnotherThread_ParksEvenThoughATimerIsOpen()
    {
        TaskCompletionSource<int> outside = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Executor<int, int> executor = new(async (context, _) =>
        {
            Task timer = context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
            return await await Task.WhenAny(outside.Task, timer.ContinueWith(_ => 0, TaskScheduler.Default));
        });
        OrchestrationExecution execution = executor.Replayed();
        TaskCompletionSource refused = new();
        execution.ForeignContinuation = refused.SetResult;
        TurnResult first = execution.ExecuteTurn(executor.Now, [new ExecutionStarted("x1")]);

        outside.SetResult(1);
        await refused.Task;

        Assert.Null(first.ParkReason);
        Assert.NotNull(execution.FindIllegalAwait());
    }

    [Fact]
    public void Turn_AwaitingWithConfigureAwaitFalse_NeverRunsOutsideItsThread()
    {
        Executor<int, int> executor = new(async (context, _) =>
        {
            await context.WaitForExternalEvent<int>("go").ConfigureAwait(false);
            return await context.CallActivityAsync<int>("next");
        });
        executor.Turn();

        TurnResult result = executor.Turn(new EventRaised("go", "1"));

        Assert.NotNull(result.ParkReason);
    }

    [Fact]
    public void Turn_YieldingToItself_GoesOnWithinTheTurn()
    {
        Executor<int, int> executor = new(async (_, _) =>
        {
            await Task.Yield();
            return 3;
        });

        TurnResult result = executor.Turn();

        Assert.Equal(OrchestrationRuntimeStatus.Completed, result.Status);
        Assert.Equal("3", result.Output);
    }
}
