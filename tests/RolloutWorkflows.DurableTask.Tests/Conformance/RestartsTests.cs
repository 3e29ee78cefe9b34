using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.History;

namespace RolloutWorkflows.DurableTask.Tests.Conformance;

/// <summary>What a stop and a new start of the process must not change.</summary>
public sealed class RestartsTests
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    [Theory, EveryEngine]
    public async Task Restart_AfterATimerCameDue_FiresIt(EngineKind engine)
    {
        static void Tasks(DurableTaskRegistry tasks) => tasks.AddOrchestratorFunc("Waiting", async context =>
        {
            await context.CreateTimer(TimeSpan.FromMinutes(1), CancellationToken.None);
            return "fired";
        });
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, Tasks);

        string id = await host.ScheduleAndStartAsync("Waiting");
        await host.RestartAsync(Tasks, Pause);
        DateTimeOffset restarted = host.Now;
        OrchestrationMetadata ended = await host.EndOfAsync(id);

        Assert.Equal("fired", ended.ReadOutputAs<string>());
        Assert.Equal(restarted, ended.LastUpdatedAt);
    }

    [Theory, EveryEngine]
    public async Task Restart_KeepsTheOrderOfWaitersAndEvents(EngineKind engine)
    {
        static void Tasks(DurableTaskRegistry tasks) => tasks.AddOrchestratorFunc("Waiting", async context =>
        {
            Task<int> older = context.WaitForExternalEvent<int>("Event");
            Task<int> newer = context.WaitForExternalEvent<int>("Event");
            await context.WaitForExternalEvent<string>("Go");
            int third = await context.WaitForExternalEvent<int>("Event");
            return new[] { await older, await newer, third };
        });
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, Tasks);

        string id = await host.ScheduleAndStartAsync("Waiting");
        for (int number = 1; number <= 3; number++)
        {
            await host.Client.RaiseEventAsync(id, "Event", number, host.Cancellation);
            await host.RestartAsync(Tasks);
        }

        await host.Client.RaiseEventAsync(id, "Go", "now", host.Cancellation);
        int[] received = await host.OutputOfEndAsync<int[]>(id);

        Assert.Equal([2, 1, 3], received);
    }

    [Theory, EveryEngine]
    public async Task Restart_WhileSuspended_StaysSuspendedAndWithholdsWhatWasAskedFor(EngineKind engine)
    {
        int calls = 0;
        void Tasks(DurableTaskRegistry tasks) => tasks
            .AddOrchestratorFunc("Waiting", async context =>
            {
                await context.WaitForExternalEvent<string>("Event");
                return await context.CallActivityAsync<int>("Count");
            })
            .AddActivityFunc("Count", _ => Interlocked.Increment(ref calls));
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, Tasks);

        string id = await host.ScheduleAndStartAsync("Waiting");
        await host.Client.SuspendInstanceAsync(id, null, host.Cancellation);
        await host.Client.RaiseEventAsync(id, "Event", "held", host.Cancellation);
        await host.RestartAsync(Tasks, Pause);
        await host.SettleAsync();
        OrchestrationMetadata suspended = await host.StateAsync(id);
        int whileSuspended = calls;
        await host.Client.ResumeInstanceAsync(id, null, host.Cancellation);

        Assert.Equal(OrchestrationRuntimeStatus.Suspended, suspended.RuntimeStatus);
        Assert.Equal(0, whileSuspended);
        Assert.Equal(1, await host.OutputOfEndAsync<int>(id));
    }

    [Theory, EveryEngine]
    public async Task Restart_WithMendedCode_LetsAParkedInstanceGoOnWithTheEventsItGot(EngineKind engine)
    {
        TaskCompletionSource foreign = new();
        void Broken(DurableTaskRegistry tasks) => tasks.AddOrchestratorFunc("Changed", async context =>
        {
            await foreign.Task;
            return await context.WaitForExternalEvent<string>("Go");
        });
        static void Mended(DurableTaskRegistry tasks) => tasks.AddOrchestratorFunc("Changed", context => context.WaitForExternalEvent<string>("Go"));
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, Broken);

        string id = await host.ScheduleAsync("Changed");
        await host.SettleAsync();
        await host.Client.RaiseEventAsync(id, "Go", "kept", host.Cancellation);
        await host.RestartAsync(Mended, Pause);
        await host.SettleAsync();
        OrchestrationMetadata parked = await host.StateAsync(id);
        bool unparked = await host.Administration.UnparkAsync(id, host.Cancellation);

        Assert.NotNull(parked.ParkedReason);
        Assert.True(unparked);
        Assert.Equal("kept", await host.OutputOfEndAsync<string>(id));
    }

    [Theory, EveryEngine]
    public async Task Restart_BetweenCallAndAnswerOfAChild_GivesTheAnswer(EngineKind engine)
    {
        static void Tasks(DurableTaskRegistry tasks) => tasks
            .AddOrchestratorFunc("Parent", context => context.CallSubOrchestratorAsync<string>("Child", options: new SubOrchestrationOptions { InstanceId = "child" }))
            .AddOrchestratorFunc("Child", context => context.WaitForExternalEvent<string>("Answer"));
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, Tasks);

        string id = await host.ScheduleAndStartAsync("Parent");
        await host.SettleAsync();
        await host.RestartAsync(Tasks);
        await host.Client.RaiseEventAsync("child", "Answer", "here", host.Cancellation);

        Assert.Equal("here", await host.OutputOfEndAsync<string>(id));
        Assert.Equal(1, await host.CountAsync<SubOrchestrationCompleted>(id));
    }

    [Theory, EveryEngine]
    public async Task Restart_BeforeTheStartTime_StartsInTime(EngineKind engine)
    {
        static void Tasks(DurableTaskRegistry tasks) => tasks.AddOrchestratorFunc("Scheduled", context => context.CurrentUtcDateTime);
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, Tasks);
        DateTimeOffset startAt = host.Now.AddDays(1);

        string id = await host.ScheduleAsync("Scheduled", options: new StartOrchestrationOptions(StartAt: startAt));
        await host.RestartAsync(Tasks, Pause);
        await host.SettleAsync();
        OrchestrationMetadata waiting = await host.StateAsync(id);
        DateTime started = await host.OutputOfEndAsync<DateTime>(id);

        Assert.Equal(OrchestrationRuntimeStatus.Pending, waiting.RuntimeStatus);
        Assert.Equal(startAt.UtcDateTime, started);
    }

    [Theory, EveryEngine]
    public async Task Restart_DuringThePauseOfARetry_DoesNotBeginThePauseAgain(EngineKind engine)
    {
        int attempts = 0;
        RetryPolicy policy = new(2, firstRetryInterval: TimeSpan.FromHours(3), maxRetryInterval: TimeSpan.FromHours(3));
        void Tasks(DurableTaskRegistry tasks) => tasks
            .AddOrchestratorFunc("Retrying", context => context.CallActivityAsync<int>("Flaky", options: TaskOptions.FromRetryPolicy(policy)))
            .AddActivityFunc("Flaky", _ => Interlocked.Increment(ref attempts) == 1
                ? throw new InvalidOperationException("The first attempt fails.")
                : attempts);
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, Tasks);

        string id = await host.ScheduleAsync("Retrying");
        await host.SettleAsync();
        await host.RestartAsync(Tasks, Pause);
        OrchestrationMetadata ended = await host.EndOfAsync(id);

        Assert.Equal(2, ended.ReadOutputAs<int>());
        Assert.Equal(TimeSpan.FromHours(3), ended.LastUpdatedAt - ended.CreatedAt);
    }
}
