using RolloutWorkflows.DurableTask.Client;

namespace RolloutWorkflows.DurableTask.Tests.Conformance;

/// <summary>Rows A12, A13, GO6 and the event rows of H: how events reach those who wait.</summary>
public sealed class ExternalEventsTests
{
    [Theory, EveryEngine(1), EveryEngine(100)]
    public async Task A12_ExternalEvents_RaisedOneAfterTheOther_AreReceivedInOrder(EngineKind engine, int count)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Receiver", async context =>
            {
                List<int> received = [];
                for (int number = 0; number < count; number++)
                    received.Add(await context.WaitForExternalEvent<int>($"Event{number}"));
                return received;
            }));

        string id = await host.ScheduleAndStartAsync("Receiver");
        for (int number = 0; number < count; number++)
            await host.Client.RaiseEventAsync(id, $"Event{number}", number, host.Cancellation);

        Assert.Equal(Enumerable.Range(0, count), await host.OutputOfEndAsync<int[]>(id));
    }

    [Theory, EveryEngine(1), EveryEngine(100)]
    public async Task A13_ExternalEventsInParallel_GoToTheNewestWaiterFirst(EngineKind engine, int count)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Receiver", context =>
                Task.WhenAll(Enumerable.Range(0, count).Select(_ => context.WaitForExternalEvent<int>("Event")).ToList())));

        string id = await host.ScheduleAndStartAsync("Receiver");
        for (int number = 0; number < count; number++)
            await host.Client.RaiseEventAsync(id, "Event", number, host.Cancellation);

        Assert.Equal(Enumerable.Range(0, count).Reverse(), await host.OutputOfEndAsync<int[]>(id));
    }

    [Theory, EveryEngine]
    public async Task GO6_ExternalEventOrchestration_ReceivesTenEventsOfOneNameInOrder(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Receiver", async context =>
            {
                List<int> received = [];
                for (int number = 0; number < 10; number++)
                    received.Add(await context.WaitForExternalEvent<int>("MyEvent"));
                return received;
            }));

        // Raised without waiting for the start: what comes before the first turn must neither be lost nor overtake it.
        string id = await host.ScheduleAsync("Receiver");
        for (int number = 0; number < 10; number++)
            await host.Client.RaiseEventAsync(id, "myEVENT", number, host.Cancellation);

        Assert.Equal(Enumerable.Range(0, 10), await host.OutputOfEndAsync<int[]>(id));
    }

    [Theory, EveryEngine(true), EveryEngine(false)]
    public async Task GO6_ExternalEventTimeout_EndsByTheEventOrAsCancelled(EngineKind engine, bool raise)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Receiver", context => context.WaitForExternalEvent<string>("MyEvent", TimeSpan.FromSeconds(2))));

        string id = await host.ScheduleAndStartAsync("Receiver");
        if (raise)
            await host.Client.RaiseEventAsync(id, "MyEvent", "here", host.Cancellation);
        OrchestrationMetadata ended = await host.EndOfAsync(id);

        Assert.Equal(raise ? OrchestrationRuntimeStatus.Completed : OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Equal(raise ? null : typeof(TaskCanceledException).FullName, ended.FailureDetails?.ErrorType);
    }

    [Theory, EveryEngine]
    public async Task H_ExternalEvent_IsDelivered(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Receiver", context => context.WaitForExternalEvent<string>("MyEvent")));

        string id = await host.ScheduleAndStartAsync("Receiver");
        await host.Client.RaiseEventAsync(id, "MyEvent", "hello", host.Cancellation);

        Assert.Equal("hello", await host.OutputOfEndAsync<string>(id));
    }

    [Theory, EveryEngine(true), EveryEngine(false)]
    public async Task H_ExternalEvent_AgainstATimerOfItsOwn_TheFirstOneWins(EngineKind engine, bool raise)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Race", async context =>
            {
                using CancellationTokenSource timerEnd = new();
                using CancellationTokenSource waitEnd = new();
                Task<string> received = context.WaitForExternalEvent<string>("MyEvent", waitEnd.Token);
                Task timer = context.CreateTimer(TimeSpan.FromMinutes(5), timerEnd.Token);
                if (await Task.WhenAny(received, timer) == received)
                {
                    timerEnd.Cancel();
                    return await received;
                }

                waitEnd.Cancel();
                return "timeout";
            }));

        string id = await host.ScheduleAndStartAsync("Race");
        if (raise)
            await host.Client.RaiseEventAsync(id, "MyEvent", "event", host.Cancellation);

        Assert.Equal(raise ? "event" : "timeout", await host.OutputOfEndAsync<string>(id));
    }

    [Theory, EveryEngine]
    public async Task Event_WithAPayloadOfAnotherType_IsAnErrorThatTheWaiterCanCatch(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Receiver", async context =>
            {
                try
                {
                    return await context.WaitForExternalEvent<int>("Number");
                }
                catch (System.Text.Json.JsonException)
                {
                    return await context.WaitForExternalEvent<int>("Number");
                }
            }));

        string id = await host.ScheduleAndStartAsync("Receiver");
        await host.Client.RaiseEventAsync(id, "Number", "forty-two", host.Cancellation);
        await host.Client.RaiseEventAsync(id, "Number", 42, host.Cancellation);

        Assert.Equal(42, await host.OutputOfEndAsync<int>(id));
    }

    [Theory, EveryEngine]
    public async Task Event_WaitedForWithTwoTypes_IsAnArgumentError(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Receiver", async context =>
            {
                Task<int> number = context.WaitForExternalEvent<int>("Event");
                Task<string> text = context.WaitForExternalEvent<string>("event");
                return $"{await number}{await text}";
            }));

        OrchestrationMetadata ended = await host.RunAsync("Receiver");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Equal(typeof(ArgumentException).FullName, ended.FailureDetails?.ErrorType);
    }

    [Theory, EveryEngine]
    public async Task Event_SentByAnotherOrchestration_IsReceived(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Receiver", context => context.WaitForExternalEvent<string>("Greeting"))
            .AddOrchestratorFunc<string, string>("Sender", (context, target) =>
            {
                context.SendEvent(target, "Greeting", "from " + context.Name);
                return "sent";
            }));

        string id = await host.ScheduleAndStartAsync("Receiver");

        Assert.Equal("sent", await host.OutputOfAsync<string>("Sender", id));
        Assert.Equal("from Sender", await host.OutputOfEndAsync<string>(id));
    }
}
