using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.Worker;

namespace RolloutWorkflows.DurableTask.Tests.Conformance;

/// <summary>Row X10 on whole engines: clients raise, suspend and resume from several threads while time runs.</summary>
public sealed class ScheduleRacesTests
{
    private const int Instances = 12;
    private const int EventsEach = 12;

    [Theory, EveryEngine(2_000), EveryEngine(3)]
    public async Task X10_EventsRacingTimersAndNewExecutions_AreEachReceivedOnce(EngineKind engine, int cachedInstances)
    {
        await using ConformanceHost host = await ConformanceHost.StartAsync(
            engine,
            AddTasks,
            services => services.Configure<EmbeddedEngineOptions>(options => options.MaxCachedInstances = cachedInstances));

        await Task.WhenAll(Enumerable.Range(1, Instances).Select(seed => Task.Run(() => RunOneAsync(host, seed))));
    }

    [Theory, EveryEngine]
    public async Task X10_TurnsThatCannotBeCommittedNowAndThen_LoseAndRepeatNothing(EngineKind engine)
    {
        FailingStore? store = null;
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, AddTasks, wrap: inner => store = new FailingStore(inner, seed: 1));

        await Task.WhenAll(Enumerable.Range(1, Instances).Select(seed => Task.Run(() => RunOneAsync(host, seed))));

        Assert.True(store?.Failures > 0);
    }

    [Theory, EveryEngine]
    public async Task X10_RestartsBetweenEvents_LoseAndRepeatNothing(EngineKind engine)
    {
        Random random = new(1);
        await using ConformanceHost host = await ConformanceHost.StartAsync(engine, AddTasks);
        List<string> ids = [];
        for (int seed = 1; seed <= Instances; seed++)
            ids.Add(await host.ScheduleAsync("Explored", new ExploredOrchestration.Input(seed, 0, [])));

        for (int number = 1; number <= EventsEach; number++)
        {
            foreach (string id in ids)
                await host.Client.RaiseEventAsync(id, ExploredOrchestration.Events[random.Next(2)], number, host.Cancellation);
            // A stop without settling comes upon turns, activities and messages under way.
            if (random.Next(2) == 0)
                await host.RestartAsync(AddTasks, TimeSpan.FromSeconds(random.Next(10)));
            await host.AdvanceAsync(TimeSpan.FromSeconds(random.Next(10)));
        }

        foreach (string id in ids)
        {
            await host.Client.RaiseEventAsync(id, ExploredOrchestration.Last, 0, host.Cancellation);
            ExploredOrchestration.Input output = await host.OutputOfEndAsync<ExploredOrchestration.Input>(id);
            Assert.Equal(Enumerable.Range(1, EventsEach), output.Received.Order());
        }
    }

    private static void AddTasks(DurableTaskRegistry tasks)
    {
        tasks.AddOrchestratorFunc<ExploredOrchestration.Input, ExploredOrchestration.Input>("Explored", ExploredOrchestration.RunAsync);
        tasks.AddOrchestratorFunc("child", async context =>
        {
            await context.CreateTimer(TimeSpan.FromSeconds(3), CancellationToken.None);
            return 2;
        });
        foreach (string activity in new[] { "single", "a", "b", "c", "rival" })
            tasks.AddActivityFunc(activity, _ => 1);
        tasks.AddActivityFunc("retried", Retried);
    }

    private static async Task RunOneAsync(ConformanceHost host, int seed)
    {
        Random random = new(seed);
        string id = await host.ScheduleAsync("Explored", new ExploredOrchestration.Input(seed, 0, []));
        // Waiting from the start lets the clock run, so that time-outs come at any moment between the events.
        Task<OrchestrationMetadata> end = host.EndOfAsync(id);
        for (int number = 1; number <= EventsEach; number++)
        {
            bool suspend = random.Next(4) == 0;
            if (suspend)
                await host.Client.SuspendInstanceAsync(id, null, host.Cancellation);
            string name = ExploredOrchestration.Events[random.Next(ExploredOrchestration.Events.Length)];
            await host.Client.RaiseEventAsync(id, name, number, host.Cancellation);
            if (suspend)
                await host.Client.ResumeInstanceAsync(id, null, host.Cancellation);
        }

        await host.Client.RaiseEventAsync(id, ExploredOrchestration.Last, 0, host.Cancellation);
        OrchestrationMetadata ended = await end;

        Assert.True(ended.RuntimeStatus == OrchestrationRuntimeStatus.Completed, $"Seed {seed}: {ended}");
        Assert.Equal(Enumerable.Range(1, EventsEach), ended.ReadOutputAs<ExploredOrchestration.Input>()!.Received.Order());
    }

    private static int Retried(TaskActivityContext context) =>
        Random.Shared.Next(2) == 0 ? throw new InvalidOperationException("Fails every other time.") : 3;
}
