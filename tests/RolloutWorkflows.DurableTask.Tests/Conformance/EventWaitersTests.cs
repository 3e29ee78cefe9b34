using RolloutWorkflows.DurableTask.Client;

namespace RolloutWorkflows.DurableTask.Tests.Conformance;

/// <summary>Rows B1 to B5+: the newest live waiter receives, and a cancelled one never takes an event.</summary>
public sealed class EventWaitersTests
{
    private const string Event = "TestEvent";

    [Theory, EveryEngine]
    public async Task B1_StackBehavior_NewestWaiterReceivesEventFirst(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Two", async context =>
            {
                Task<string> older = context.WaitForExternalEvent<string>(Event);
                Task<string> newer = context.WaitForExternalEvent<string>(Event);
                return $"newer={await newer} older={await older}";
            }));

        string id = await host.ScheduleAndStartAsync("Two");
        await host.Client.RaiseEventAsync(id, Event, "first", host.Cancellation);
        await host.Client.RaiseEventAsync(id, Event, "second", host.Cancellation);

        Assert.Equal("newer=first older=second", await host.OutputOfEndAsync<string>(id));
    }

    [Theory, EveryEngine]
    public async Task B2_FirstWaiterCancelled_SecondWaiterReceivesEvent(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Again", async context =>
            {
                string first = "received";
                try
                {
                    await context.WaitForExternalEvent<string>(Event, new CancellationToken(canceled: true));
                }
                catch (OperationCanceledException)
                {
                    first = "cancelled";
                }

                return $"{first}, then {await context.WaitForExternalEvent<string>(Event, TimeSpan.FromSeconds(2))}";
            }));

        string id = await host.ScheduleAndStartAsync("Again");
        await host.Client.RaiseEventAsync(id, Event, "payload", host.Cancellation);

        Assert.Equal("cancelled, then payload", await host.OutputOfEndAsync<string>(id));
    }

    [Theory, EveryEngine]
    public async Task B3_MultipleEvents_MultipleWaiters_AreMatchedNewestFirst(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Three", context => Task.WhenAll(
                context.WaitForExternalEvent<string>(Event),
                context.WaitForExternalEvent<string>(Event),
                context.WaitForExternalEvent<string>(Event))));

        string id = await host.ScheduleAndStartAsync("Three");
        foreach (string payload in new[] { "1", "2", "3" })
            await host.Client.RaiseEventAsync(id, Event, payload, host.Cancellation);

        Assert.Equal(["3", "2", "1"], await host.OutputOfEndAsync<string[]>(id));
    }

    [Theory, EveryEngine]
    public async Task B4_EventArrivesBeforeWaiter_FirstWaiterReceivesIt(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Late", async context =>
            {
                await context.WaitForExternalEvent<string>("Go");
                Task<string> older = context.WaitForExternalEvent<string>(Event);
                Task<string> newer = context.WaitForExternalEvent<string>(Event);
                return $"older={await older} newer={await newer}";
            }));

        string id = await host.ScheduleAndStartAsync("Late");
        await host.Client.RaiseEventAsync(id, Event, "kept", host.Cancellation);
        await host.Client.RaiseEventAsync(id, "Go", "now", host.Cancellation);
        await host.SettleAsync();
        await host.Client.RaiseEventAsync(id, Event, "late", host.Cancellation);

        Assert.Equal("older=kept newer=late", await host.OutputOfEndAsync<string>(id));
    }

    [Theory, EveryEngine]
    public async Task B5_OnlyWaiterTimedOut_NextWaitReceivesTheEventThatCameBetween(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Approval", async context =>
            {
                try
                {
                    return "in time: " + await context.WaitForExternalEvent<string>("Approval", TimeSpan.FromMinutes(1));
                }
                catch (TaskCanceledException)
                {
                    context.SetCustomStatus("timed out");
                }

                await context.WaitForExternalEvent<string>("Continue");
                return "late: " + await context.WaitForExternalEvent<string>("Approval");
            }));

        string id = await host.ScheduleAndStartAsync("Approval");
        await host.AdvanceAsync(TimeSpan.FromMinutes(2));
        OrchestrationMetadata afterTimeout = await host.StateAsync(id);
        await host.Client.RaiseEventAsync(id, "Approval", "yes", host.Cancellation);
        await host.Client.RaiseEventAsync(id, "Continue", "go", host.Cancellation);

        Assert.Equal("timed out", afterTimeout.ReadCustomStatusAs<string>());
        Assert.Equal("late: yes", await host.OutputOfEndAsync<string>(id));
    }

    [Theory, EveryEngine]
    public async Task B5_OlderWaiterLivesBehindACancelledNewerOne_ReceivesTheEvent(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Behind", async context =>
            {
                using CancellationTokenSource end = new();
                Task<string> older = context.WaitForExternalEvent<string>(Event);
                Task<string> newer = context.WaitForExternalEvent<string>(Event, end.Token);
                await context.WaitForExternalEvent<string>("Cancel");
                end.Cancel();
                return $"{await older} {newer.IsCanceled}";
            }));

        string id = await host.ScheduleAndStartAsync("Behind");
        await host.Client.RaiseEventAsync(id, "Cancel", "now", host.Cancellation);
        await host.Client.RaiseEventAsync(id, Event, "payload", host.Cancellation);

        Assert.Equal("payload True", await host.OutputOfEndAsync<string>(id));
    }
}
