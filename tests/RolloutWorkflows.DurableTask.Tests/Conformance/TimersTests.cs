using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.History;
using RolloutWorkflows.DurableTask.Worker;

namespace RolloutWorkflows.DurableTask.Tests.Conformance;

/// <summary>Rows A5, A6, GO2 and the two concurrent-timer rows of H.</summary>
public sealed class TimersTests
{
    [Theory, EveryEngine]
    public async Task A5_SingleTimer_FiresNotBeforeItsTime(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Wait", context => context.CreateTimer(TimeSpan.FromSeconds(3), CancellationToken.None)));

        OrchestrationMetadata ended = await host.RunAsync("Wait");

        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        Assert.True(ended.LastUpdatedAt - ended.CreatedAt >= TimeSpan.FromSeconds(3), $"It ended after {ended.LastUpdatedAt - ended.CreatedAt}.");
    }

    [Theory, EveryEngine]
    public async Task A5_SingleTimer_OfThreeWeeks_NeedsNoSplitting(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Wait", context => context.CreateTimer(TimeSpan.FromDays(21), CancellationToken.None)));

        string id = await host.ScheduleAsync("Wait");
        OrchestrationMetadata ended = await host.EndOfAsync(id);

        Assert.True(ended.LastUpdatedAt - ended.CreatedAt >= TimeSpan.FromDays(21));
        Assert.Equal(1, await host.CountAsync<TimerCreated>(id));
    }

    [Theory, EveryEngine]
    public async Task A6_LongTimer_IsSplitAtTheMaximumIntervalThatTheUserSet(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(
            engine,
            tasks => tasks.AddOrchestratorFunc("Wait", context => context.CreateTimer(TimeSpan.FromSeconds(7), CancellationToken.None)),
            services => services.AddDurableTaskWorker().Configure(options => options.MaximumTimerInterval = TimeSpan.FromSeconds(3)));

        string id = await host.ScheduleAsync("Wait");
        OrchestrationMetadata ended = await host.EndOfAsync(id);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        Assert.True(ended.LastUpdatedAt - ended.CreatedAt >= TimeSpan.FromSeconds(7));
        Assert.Equal(3, await host.CountAsync<TimerCreated>(id));
    }

    [Theory, EveryEngine]
    public async Task GO2_ConcurrentTimers_OfOneInstance_AllFire(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Three", async context =>
            {
                Task[] timers = [.. Enumerable.Range(0, 3).Select(_ => context.CreateTimer(TimeSpan.FromSeconds(1), CancellationToken.None))];
                await Task.WhenAll(timers);
                return timers.Count(timer => timer.IsCompletedSuccessfully);
            }));

        Assert.Equal(3, await host.OutputOfAsync<int>("Three"));
    }

    [Theory, EveryEngine]
    public async Task H_ConcurrentTimers_OfManyInstances_AllFire(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc<DateTime, string>("Until", async (context, fireAt) =>
            {
                await context.CreateTimer(fireAt, CancellationToken.None);
                return context.InstanceId;
            }));
        DateTime fireAt = host.Now.UtcDateTime.AddSeconds(5);

        List<string> ids = [];
        for (int number = 0; number < 10; number++)
            ids.Add(await host.ScheduleAsync("Until", fireAt));

        foreach (string id in ids)
        {
            OrchestrationMetadata ended = await host.EndOfAsync(id);
            Assert.Equal(id, ended.ReadOutputAs<string>());
            Assert.True(ended.LastUpdatedAt >= fireAt);
        }
    }

    [Theory, EveryEngine]
    public async Task H_ConcurrentTimers_OfManySubOrchestrations_AllFire(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Parent", async context =>
            {
                DateTime fireAt = context.CurrentUtcDateTime.AddSeconds(2);
                string[] ended = await Task.WhenAll(
                    Enumerable.Range(0, 10).Select(_ => context.CallSubOrchestratorAsync<string>("Until", fireAt)).ToList());
                return ended.Distinct().Count();
            })
            .AddOrchestratorFunc<DateTime, string>("Until", async (context, fireAt) =>
            {
                await context.CreateTimer(fireAt, CancellationToken.None);
                return context.InstanceId;
            }));

        Assert.Equal(10, await host.OutputOfAsync<int>("Parent"));
    }

    [Theory, EveryEngine]
    public async Task Timer_Cancelled_EndsTheAwaitAsCancelledAndNeverFires(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Cancel", async context =>
            {
                using CancellationTokenSource source = new();
                Task longTimer = context.CreateTimer(TimeSpan.FromHours(2), source.Token);
                await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
                source.Cancel();
                string outcome = "fired";
                try
                {
                    await longTimer;
                }
                catch (TaskCanceledException)
                {
                    outcome = "cancelled";
                }

                await context.CreateTimer(TimeSpan.FromHours(3), CancellationToken.None);
                return outcome;
            }));

        string id = await host.ScheduleAsync("Cancel");
        OrchestrationMetadata ended = await host.EndOfAsync(id);

        Assert.Equal("cancelled", ended.ReadOutputAs<string>());
        Assert.Equal(2, await host.CountAsync<TimerFired>(id));
        Assert.True(ended.LastUpdatedAt - ended.CreatedAt >= TimeSpan.FromHours(4));
    }

    [Theory, EveryEngine]
    public async Task Timer_InThePast_FiresAtOnce(EngineKind engine)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc("Late", async context =>
            {
                DateTime before = context.CurrentUtcDateTime;
                await context.CreateTimer(before.AddDays(-1), CancellationToken.None);
                return context.CurrentUtcDateTime - before;
            }));

        Assert.True(await host.OutputOfAsync<TimeSpan>("Late") < TimeSpan.FromMinutes(1));
    }
}
