using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.Execution.Turns;
using RolloutWorkflows.DurableTask.History;

namespace RolloutWorkflows.DurableTask.Tests.Execution.Turns;

public sealed class SuspensionTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Suspend_InTheTurnOfTheRequest_WithholdsEveryActionUntilResumed(bool evict)
    {
        Executor<int, string> executor = new((context, _) => context.WaitForExternalEvent<string>("go", TimeSpan.FromHours(1)));

        TurnResult suspended = executor.Turn(new ExecutionSuspended("hold"));
        if (evict)
            executor.Evict();
        TurnResult resumed = executor.Turn(new ExecutionResumed(null));

        Assert.Empty(suspended.Actions);
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, suspended.Status);
        Assert.IsType<CreateTimer>(Assert.Single(resumed.Actions));
        Assert.Equal(OrchestrationRuntimeStatus.Running, resumed.Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Events_WhileSuspended_AreTakenInOrderOnResume(bool evict)
    {
        Executor<int, string> executor = new(async (context, _) =>
            await context.WaitForExternalEvent<string>("e") + await context.WaitForExternalEvent<string>("e"));
        executor.Turn(new ExecutionSuspended(null));
        executor.Turn(new EventRaised("e", "\"1\""));
        TurnResult before = executor.Turn(new EventRaised("e", "\"2\""));
        if (evict)
            executor.Evict();

        TurnResult after = executor.Turn(new ExecutionResumed(null));

        Assert.Equal(OrchestrationRuntimeStatus.Suspended, before.Status);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, after.Status);
        Assert.Equal("\"12\"", after.Output);
    }

    [Fact]
    public void Terminate_WhileSuspended_EndsAtOnce()
    {
        Executor<int, string> executor = new((context, _) => context.WaitForExternalEvent<string>("go"));
        executor.Turn(new ExecutionSuspended(null));

        TurnResult result = executor.Turn(new ExecutionTerminated("\"bye\"", false));

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, result.Status);
        Assert.Equal("\"bye\"", result.Output);
    }
}
