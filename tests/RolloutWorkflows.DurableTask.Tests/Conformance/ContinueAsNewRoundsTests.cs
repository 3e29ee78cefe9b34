using RolloutWorkflows.DurableTask.Client;

namespace RolloutWorkflows.DurableTask.Tests.Conformance;

/// <summary>Rows H, continue-as-new: many instances that start anew after activities and timers; none may get stuck.</summary>
public sealed class ContinueAsNewRoundsTests
{
    [Theory, EveryEngine]
    public async Task H_ContinueAsNew_WithActivityAndTimer_Completes(EngineKind engine)
    {
        await using ConformanceHost host = await StartAsync(engine);

        OrchestrationMetadata ended = await host.RunAsync("Polling", new Poll(0, Done: false));

        Assert.Equal(new Poll(2, Done: true), ended.ReadOutputAs<Poll>());
        Assert.True(ended.LastUpdatedAt - ended.CreatedAt >= TimeSpan.FromSeconds(1));
    }

    [Theory, EveryEngine]
    public async Task H_ContinueAsNew_ConcurrentInstances_AllComplete(EngineKind engine)
    {
        await using ConformanceHost host = await StartAsync(engine);

        string[] ids = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => host.ScheduleAsync("Polling", new Poll(0, Done: false))));

        await AssertAllAsync(host, ids, new Poll(2, Done: true));
    }

    [Theory, EveryEngine]
    public async Task H_ContinueAsNew_RapidFireSequentialScheduling_AllComplete(EngineKind engine)
    {
        await using ConformanceHost host = await StartAsync(engine);

        List<string> ids = [];
        for (int number = 0; number < 20; number++)
            ids.Add(await host.ScheduleAsync("Polling", new Poll(0, Done: false)));

        await AssertAllAsync(host, ids, new Poll(2, Done: true));
    }

    [Theory, EveryEngine]
    public async Task H_ContinueAsNew_StaggeredWaves_AllComplete(EngineKind engine)
    {
        await using ConformanceHost host = await StartAsync(engine);

        List<string> ids = [];
        for (int wave = 0; wave < 3; wave++)
        {
            for (int number = 0; number < 10; number++)
                ids.Add(await host.ScheduleAsync("Polling", new Poll(0, Done: false)));
            await host.AdvanceAsync(TimeSpan.FromMilliseconds(400));
        }

        await AssertAllAsync(host, ids, new Poll(2, Done: true));
    }

    [Theory, EveryEngine]
    public async Task H_ContinueAsNew_MultipleIterationsOfManyInstances_NoneGetStuck(EngineKind engine)
    {
        await using ConformanceHost host = await StartAsync(engine, iterations: 5);

        string[] ids = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => host.ScheduleAsync("Iterating", 1)));

        await AssertAllAsync(host, ids, 5);
    }

    [Theory, EveryEngine]
    public async Task H_ContinueAsNew_ManyIterationsOfOneInstance_Completes(EngineKind engine)
    {
        await using ConformanceHost host = await StartAsync(engine, iterations: 8);

        Assert.Equal(8, await host.OutputOfAsync<int>("Iterating", 1));
    }

    [Theory, EveryEngine]
    public async Task H_ContinueAsNew_MultipleActivitiesPerIteration_AllComplete(EngineKind engine)
    {
        await using ConformanceHost host = await StartAsync(engine, iterations: 4, activities: 3);

        string[] ids = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => host.ScheduleAsync("Iterating", 1)));

        await AssertAllAsync(host, ids, 4);
    }

    [Theory, EveryEngine]
    public async Task H_ContinueAsNew_RepeatedRounds_AllComplete(EngineKind engine)
    {
        for (int round = 0; round < 3; round++)
        {
            await using ConformanceHost host = await StartAsync(engine, iterations: 3);

            string[] ids = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => host.ScheduleAsync("Iterating", 1)));

            await AssertAllAsync(host, ids, 3);
        }
    }

    private static async Task AssertAllAsync<T>(ConformanceHost host, IEnumerable<string> ids, T expected)
    {
        foreach (string id in ids)
            Assert.Equal(expected, await host.OutputOfEndAsync<T>(id));
    }

    private static Task<ConformanceHost> StartAsync(EngineKind engine, int iterations = 1, int activities = 1) =>
        ConformanceHost.StartAsync(engine, tasks => tasks
            .AddOrchestratorFunc<Poll, Poll>("Polling", async (context, poll) =>
            {
                Poll next = await context.CallActivityAsync<Poll>("Ask", poll);
                if (!next.Done)
                {
                    await context.CreateTimer(TimeSpan.FromSeconds(1), CancellationToken.None);
                    context.ContinueAsNew(next);
                }

                return next;
            })
            .AddOrchestratorFunc<int, int>("Iterating", async (context, iteration) =>
            {
                await Task.WhenAll(Enumerable.Range(0, activities).Select(_ => context.CallActivityAsync<int>("Echo", iteration)).ToList());
                await context.CreateTimer(TimeSpan.FromMilliseconds(500), CancellationToken.None);
                if (iteration < iterations)
                    context.ContinueAsNew(iteration + 1);
                return iteration;
            })
            .AddActivityFunc<Poll, Poll>("Ask", (_, poll) => new Poll(poll.Count + 1, Done: poll.Count > 0))
            .AddActivityFunc<int, int>("Echo", (_, iteration) => iteration));

    private sealed record Poll(int Count, bool Done);
}
