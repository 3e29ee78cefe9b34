using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.History;

namespace RolloutWorkflows.DurableTask.Tests.Conformance;

/// <summary>Rows A15, A16, A27, GO4 and GO5: what goes over to the new execution, and what does not.</summary>
public sealed class ContinueAsNewTests
{
    [Theory, EveryEngine]
    public async Task A15_ContinueAsNew_TenIterations_GivesTheLastOutput(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc<int, int>("Counter", async (context, count) =>
            {
                if (count < 10)
                {
                    await context.CreateTimer(TimeSpan.Zero, CancellationToken.None);
                    context.ContinueAsNew(count + 1);
                }

                return count;
            }));

        string id = await host.ScheduleAsync("Counter", 0);
        OrchestrationMetadata ended = await host.EndOfAsync(id);

        Assert.Equal(10, ended.ReadOutputAs<int>());
        Assert.Equal(10, ended.ReadInputAs<int>());
        Assert.Equal(0, await host.CountAsync<TimerFired>(id));
    }

    [Theory, EveryEngine]
    public async Task A16_ContinueAsNewWithNewVersion_IsSeenByTheNextIteration(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc<string?, string>("Migrating", async (context, before) =>
            {
                if (before is not null)
                    return $"{before} to {context.Version}";
                await context.CreateTimer(TimeSpan.Zero, CancellationToken.None);
                context.ContinueAsNew(new ContinueAsNewOptions { NewInput = context.Version, NewVersion = "v2" });
                return string.Empty;
            }));

        OrchestrationMetadata ended = await host.RunAsync("Migrating", options: new StartOrchestrationOptions { Version = "v1" });

        Assert.Equal("v1 to v2", ended.ReadOutputAs<string>());
        Assert.Equal("v2", ended.Version);
    }

    [Theory, EveryEngine(false), EveryEngine(true)]
    public async Task A27_ContinueAsNewEventsArePreserved_NoneLostNorReordered(EngineKind engine, bool injectTimers)
    {
        const int count = 11;
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc<string?, string>("Consumer", async (context, before) =>
            {
                string received = $"{before} {await context.WaitForExternalEvent<int>("Event")}".Trim();
                if (injectTimers)
                    await context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None);
                if (received.Split(' ').Length < count)
                    context.ContinueAsNew(received, preserveUnprocessedEvents: true);
                return received;
            }));

        string id = await host.ScheduleAsync("Consumer");
        for (int number = 0; number < count; number++)
            await host.Client.RaiseEventAsync(id, "Event", number, host.Cancellation);

        Assert.Equal("0 1 2 3 4 5 6 7 8 9 10", await host.OutputOfEndAsync<string>(id));
    }

    [Theory, EveryEngine]
    public async Task ContinueAsNew_WithoutPreserving_DropsEventsThatNobodyReceived(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc<int, string>("Forgetful", async (context, iteration) =>
            {
                if (iteration == 0)
                {
                    await context.WaitForExternalEvent<string>("Go");
                    context.ContinueAsNew(1, preserveUnprocessedEvents: false);
                    return string.Empty;
                }

                try
                {
                    return await context.WaitForExternalEvent<string>("Kept", TimeSpan.FromHours(1));
                }
                catch (TaskCanceledException)
                {
                    return "nothing";
                }
            }));

        string id = await host.ScheduleAndStartAsync("Forgetful", 0);
        await host.Client.RaiseEventAsync(id, "Kept", "old", host.Cancellation);
        await host.SettleAsync();
        await host.Client.RaiseEventAsync(id, "Go", "go", host.Cancellation);

        Assert.Equal("nothing", await host.OutputOfEndAsync<string>(id));
    }

    [Theory, EveryEngine]
    public async Task GO4_ContinueAsNewEvents_RaisedAtOnce_AreConsumedOnePerIteration(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc<int, int>("Until", async (context, count) =>
            {
                if (!await context.WaitForExternalEvent<bool>("MyEvent"))
                    context.ContinueAsNew(count + 1);
                return count;
            }));

        string id = await host.ScheduleAsync("Until", 0);
        for (int number = 0; number < 10; number++)
            await host.Client.RaiseEventAsync(id, "MyEvent", false, host.Cancellation);
        await host.Client.RaiseEventAsync(id, "MyEvent", true, host.Cancellation);

        Assert.Equal(10, await host.OutputOfEndAsync<int>(id));
    }

    [Theory, EveryEngine]
    public async Task GO5_ExternalEventContention_EventAfterATimedOutWait_IsKeptForTheNextIteration(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Contention", async context =>
            {
                int data = 0;
                try
                {
                    data = await context.WaitForExternalEvent<int>("MyEventData", TimeSpan.FromSeconds(1));
                }
                catch (TaskCanceledException)
                {
                    data = -1;
                }

                if (!await context.WaitForExternalEvent<bool>("MyEventSignal"))
                    context.ContinueAsNew();
                return data;
            }));

        string id = await host.ScheduleAndStartAsync("Contention");
        await host.AdvanceAsync(TimeSpan.FromSeconds(3));
        await host.Client.RaiseEventAsync(id, "MyEventData", 42, host.Cancellation);
        await host.Client.RaiseEventAsync(id, "MyEventSignal", false, host.Cancellation);
        await host.Client.RaiseEventAsync(id, "MyEventSignal", true, host.Cancellation);

        Assert.Equal(42, await host.OutputOfEndAsync<int>(id));
    }
}
