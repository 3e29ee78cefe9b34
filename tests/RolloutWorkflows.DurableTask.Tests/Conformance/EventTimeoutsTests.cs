using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.History;

namespace RolloutWorkflows.DurableTask.Tests.Conformance;

/// <summary>Row A29: a wait with a time-out and a cancellation token has four outcomes, and leaves no timer behind.</summary>
public sealed class EventTimeoutsTests
{
    private static readonly TimeSpan Long = TimeSpan.FromDays(7);

    [Theory, EveryEngine]
    public async Task A29_WaitForExternalEvent_WithTimeoutAndCancellationToken_EventWins(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Wait", async context =>
            {
                using CancellationTokenSource outer = new();
                string received = await context.WaitForExternalEvent<string>("Event", Long, outer.Token);
                await context.WaitForExternalEvent<string>("Hold");
                return received;
            }));

        string id = await host.ScheduleAndStartAsync("Wait");
        await host.Client.RaiseEventAsync(id, "Event", "payload", host.Cancellation);
        await host.SettleAsync();
        OrchestrationMetadata holding = await host.StateAsync(id);
        await host.Client.RaiseEventAsync(id, "Hold", "end", host.Cancellation);
        OrchestrationMetadata ended = await host.EndOfAsync(id);

        Assert.DoesNotContain("timer", holding.WaitSummary, StringComparison.Ordinal);
        Assert.Equal("payload", ended.ReadOutputAs<string>());
        Assert.Equal(0, await host.CountAsync<TimerFired>(id));
        Assert.True(ended.LastUpdatedAt - ended.CreatedAt < Long);
    }

    [Theory, EveryEngine]
    public async Task A29_WaitForExternalEvent_WithTimeoutAndCancellationToken_CancellationWins(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Wait", async context =>
            {
                using CancellationTokenSource firstEnd = new();
                using CancellationTokenSource secondEnd = new();
                Task<string> first = context.WaitForExternalEvent<string>("Event1", Long, firstEnd.Token);
                Task<string> second = context.WaitForExternalEvent<string>("Event2", Long, secondEnd.Token);
                bool firstWins = await Task.WhenAny(first, second) == first;
                (firstWins ? secondEnd : firstEnd).Cancel();
                string loser = await OutcomeOf(firstWins ? second : first);
                return $"{await (firstWins ? first : second)}, other {loser}";
            }));

        string id = await host.ScheduleAndStartAsync("Wait");
        await host.Client.RaiseEventAsync(id, "Event1", "first", host.Cancellation);

        Assert.Equal("first, other cancelled", await host.OutputOfEndAsync<string>(id));
    }

    [Theory, EveryEngine]
    public async Task A29_WaitForExternalEvent_WithTimeoutAndCancellationToken_TimeoutWins(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Wait", async context =>
            {
                using CancellationTokenSource outer = new();
                return await OutcomeOf(context.WaitForExternalEvent<string>("Event", TimeSpan.FromMilliseconds(500), outer.Token));
            }));

        OrchestrationMetadata ended = await host.RunAsync("Wait");

        Assert.Equal("cancelled", ended.ReadOutputAs<string>());
        Assert.True(ended.LastUpdatedAt - ended.CreatedAt >= TimeSpan.FromMilliseconds(500));
    }

    [Theory, EveryEngine]
    public async Task A29_WaitForExternalEvent_WithTimeoutAndCancellationToken_ExternalCancellationWins(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Wait", async context =>
            {
                using CancellationTokenSource outer = new();
                Task trigger = context.CreateTimer(TimeSpan.FromMilliseconds(100), CancellationToken.None);
                Task<string> received = context.WaitForExternalEvent<string>("Event", Long, outer.Token);
                if (await Task.WhenAny(trigger, received) == trigger)
                    outer.Cancel();
                return await OutcomeOf(received);
            }));

        OrchestrationMetadata ended = await host.RunAsync("Wait");

        Assert.Equal("cancelled", ended.ReadOutputAs<string>());
        Assert.True(ended.LastUpdatedAt - ended.CreatedAt < Long, $"The time-out of the cancelled wait kept it for {ended.LastUpdatedAt - ended.CreatedAt}.");
    }

    private static async Task<string> OutcomeOf(Task<string> wait)
    {
        try
        {
            return "received " + await wait;
        }
        catch (TaskCanceledException)
        {
            return "cancelled";
        }
    }
}
