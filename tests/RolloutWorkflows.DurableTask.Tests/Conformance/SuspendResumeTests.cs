using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.History;

namespace RolloutWorkflows.DurableTask.Tests.Conformance;

/// <summary>Row GO7 and section 2.8: a suspended instance takes note, and acts once it is resumed.</summary>
public sealed class SuspendResumeTests
{
    [Theory, EveryEngine]
    public async Task GO7_SuspendResumeOrchestration_ProcessesEventsAfterTheResumeInOrder(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Receiver", async context =>
            {
                List<int> received = [];
                for (int number = 0; number < 10; number++)
                    received.Add(await context.WaitForExternalEvent<int>("MyEvent"));
                return received;
            }));

        string id = await host.ScheduleAndStartAsync("Receiver");
        await host.Client.SuspendInstanceAsync(id, "for a moment", host.Cancellation);
        for (int number = 0; number < 10; number++)
            await host.Client.RaiseEventAsync(id, "MyEvent", number, host.Cancellation);
        await host.AdvanceAsync(TimeSpan.FromHours(1));
        OrchestrationMetadata suspended = await host.StateAsync(id);
        await host.Client.ResumeInstanceAsync(id, "go on", host.Cancellation);

        Assert.Equal(OrchestrationRuntimeStatus.Suspended, suspended.RuntimeStatus);
        Assert.Equal(Enumerable.Range(0, 10), await host.OutputOfEndAsync<int[]>(id));
    }

    [Theory, EveryEngine]
    public async Task Suspended_TimerAndActivityResults_AreActedOnAfterTheResume(EngineKind engine)
    {
        TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int followUps = 0;
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Worker", async context =>
            {
                Task timer = context.CreateTimer(TimeSpan.FromMinutes(1), CancellationToken.None);
                await context.CallActivityAsync("Slow");
                await timer;
                return await context.CallActivityAsync<int>("FollowUp");
            })
            .AddActivityFunc("Slow", async _ => await release.Task)
            .AddActivityFunc("FollowUp", _ => Interlocked.Increment(ref followUps)));

        string id = await host.ScheduleAndStartAsync("Worker");
        await host.Client.SuspendInstanceAsync(id, null, host.Cancellation);
        release.SetResult();
        await host.AdvanceAsync(TimeSpan.FromHours(1));
        int whileSuspended = followUps;
        OrchestrationMetadata suspended = await host.StateAsync(id);
        await host.Client.ResumeInstanceAsync(id, null, host.Cancellation);

        Assert.Equal(OrchestrationRuntimeStatus.Suspended, suspended.RuntimeStatus);
        Assert.Equal(0, whileSuspended);
        Assert.Equal(1, await host.OutputOfEndAsync<int>(id));
    }

    [Theory, EveryEngine]
    public async Task Suspended_Twice_IsResumedByOneResume(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Receiver", context => context.WaitForExternalEvent<string>("MyEvent")));

        string id = await host.ScheduleAndStartAsync("Receiver");
        await host.Client.SuspendInstanceAsync(id, "once", host.Cancellation);
        await host.Client.SuspendInstanceAsync(id, "twice", host.Cancellation);
        await host.Client.ResumeInstanceAsync(id, null, host.Cancellation);
        await host.Client.RaiseEventAsync(id, "MyEvent", "here", host.Cancellation);

        Assert.Equal("here", await host.OutputOfEndAsync<string>(id));
    }

    [Theory, EveryEngine]
    public async Task Resume_OfAnInstanceThatIsNotSuspended_ChangesNothing(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Receiver", context => context.WaitForExternalEvent<string>("MyEvent")));

        string id = await host.ScheduleAndStartAsync("Receiver");
        await host.Client.ResumeInstanceAsync(id, null, host.Cancellation);
        await host.SettleAsync();
        OrchestrationMetadata running = await host.StateAsync(id);
        await host.Client.RaiseEventAsync(id, "MyEvent", "here", host.Cancellation);

        Assert.Equal(OrchestrationRuntimeStatus.Running, running.RuntimeStatus);
        Assert.Equal("here", await host.OutputOfEndAsync<string>(id));
    }

    [Theory, EveryEngine]
    public async Task Suspend_OfAnEndedInstance_ChangesNothing(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks.AddOrchestratorFunc("Empty", _ => 1));

        string id = await host.ScheduleAsync("Empty");
        await host.EndOfAsync(id);
        await host.Client.SuspendInstanceAsync(id, "too late", host.Cancellation);
        await host.SettleAsync();

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await host.StateAsync(id)).RuntimeStatus);
    }

    [Theory, EveryEngine]
    public async Task Suspended_BeforeItsFirstTurn_SchedulesNothingUntilResumed(EngineKind engine)
    {
        int calls = 0;
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Caller", context => context.CallActivityAsync<int>("Count"))
            .AddActivityFunc("Count", _ => Interlocked.Increment(ref calls)));

        string id = await host.ScheduleAsync("Caller", options: new StartOrchestrationOptions(StartAt: host.Now.AddHours(1)));
        await host.Client.SuspendInstanceAsync(id, "not yet", host.Cancellation);
        await host.AdvanceAsync(TimeSpan.FromHours(2));
        int whileSuspended = calls;
        int scheduled = await host.CountAsync<TaskScheduled>(id);
        await host.Client.ResumeInstanceAsync(id, null, host.Cancellation);

        Assert.Equal(0, whileSuspended);
        Assert.Equal(0, scheduled);
        Assert.Equal(1, await host.OutputOfEndAsync<int>(id));
    }
}
