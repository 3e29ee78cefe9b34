using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.Execution.Turns;
using RolloutWorkflows.DurableTask.History;

namespace RolloutWorkflows.DurableTask.Tests.Execution.Turns;

public sealed class TimerDecisionTests
{
    [Fact]
    public void WaitForEvent_WithTimeout_AsksForExactlyOneTimer()
    {
        Executor<int, string> executor = new((context, _) => context.WaitForExternalEvent<string>("go", TimeSpan.FromMinutes(5)));

        TurnResult result = executor.Turn();

        CreateTimer timer = Assert.IsType<CreateTimer>(Assert.Single(result.Actions));
        Assert.Equal(executor.Now.AddMinutes(5), timer.DueAt);
    }

    [Fact]
    public void WaitForEvent_AnsweredBeforeItsTimeout_CancelsTheTimerInThatTurn()
    {
        Executor<int, string> executor = new(async (context, _) =>
        {
            await context.WaitForExternalEvent<string>("go", TimeSpan.FromMinutes(5));
            return await context.WaitForExternalEvent<string>("never");
        });
        executor.Turn();

        TurnResult result = executor.Turn(new EventRaised("go", "\"x\""));

        Assert.Equal(0, Assert.Single(result.CancelledTimers).Id);
        Assert.Equal("""{"waiting":[{"for":"event","name":"never"}]}""", result.WaitSummary);
    }

    [Fact]
    public void Timer_CancelledInTheTurnOfItsCreation_IsNeverCreated()
    {
        Executor<int, bool> executor = new(async (context, _) =>
        {
            using CancellationTokenSource source = new();
            Task timer = context.CreateTimer(TimeSpan.FromDays(1), source.Token);
            source.Cancel();
            await Assert.ThrowsAsync<TaskCanceledException>(() => timer);
            return await context.WaitForExternalEvent<bool>("go");
        });

        TurnResult result = executor.Turn();

        Assert.Empty(result.Actions);
        Assert.Empty(result.CancelledTimers);
    }

    [Fact]
    public void Completion_WithAnOpenTimer_EndsAtOnceAndDropsTheTimer()
    {
        Executor<int, string> executor = new(async (context, _) =>
        {
            Task timer = context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
            await Task.WhenAny(timer, context.WaitForExternalEvent<string>("go"));
            return "done";
        });
        executor.Turn();

        TurnResult result = executor.Turn(new EventRaised("go", null));

        Assert.Equal(OrchestrationRuntimeStatus.Completed, result.Status);
        Assert.Single(result.CancelledTimers);
    }

    [Fact]
    public void Completion_WithOpenTasksNotAllowed_WaitsForTheTimer()
    {
        Executor<int, string> executor = new(
            (context, input) =>
            {
                _ = context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
                return Task.FromResult("done");
            },
            settings: new() { CompleteWithOpenTasks = false });

        TurnResult first = executor.Turn();
        TurnResult second = executor.Turn(new TimerFired(0));

        Assert.Equal(OrchestrationRuntimeStatus.Running, first.Status);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, second.Status);
    }

    [Fact]
    public void Timer_LongerThanTheConfiguredMaximum_IsSplit()
    {
        Executor<int, int> executor = new(
            async (context, _) =>
            {
                await context.CreateTimer(TimeSpan.FromSeconds(7), CancellationToken.None);
                return 1;
            },
            settings: new() { MaximumTimerInterval = TimeSpan.FromSeconds(3) });
        List<DateTime> due = [];
        TurnResult result = executor.Turn();
        while (result.Actions is [CreateTimer timer])
        {
            due.Add(timer.DueAt);
            executor.Now = timer.DueAt;
            result = executor.Turn(new TimerFired(timer.TaskId));
        }

        Assert.Equal([3, 6, 7], due.Select(at => (at - new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc)).TotalSeconds));
        Assert.Equal(OrchestrationRuntimeStatus.Completed, result.Status);
    }
}
