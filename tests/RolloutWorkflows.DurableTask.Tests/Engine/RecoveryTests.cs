using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.Storage;
using RolloutWorkflows.DurableTask.Testing;

namespace RolloutWorkflows.DurableTask.Tests.Engine;

/// <summary>What a process leaves behind, the next one takes up.</summary>
public sealed class RecoveryTests : IAsyncDisposable
{
    private readonly InMemoryOrchestrationStore _store = new();
    private readonly VirtualTimeProvider _time = new();

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Restart_WithAnOpenTimerAndWait_GoesOnWhereItStood()
    {
        string id;
        await using (DurableTaskTestHost first = await StartAsync(AddGate))
        {
            id = await first.Client.ScheduleNewOrchestrationInstanceAsync("gate");
            await first.RunUntilIdleAsync();
        }

        await using DurableTaskTestHost second = await StartAsync(AddGate);
        await second.Client.RaiseEventAsync(id, "go", 4);
        OrchestrationMetadata result = await second.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);

        Assert.Equal(4, result.ReadOutputAs<int>());
        Assert.Equal(TimeSpan.FromDays(20), result.LastUpdatedAt - result.CreatedAt);

        static void AddGate(DurableTaskRegistry tasks) => tasks.AddOrchestratorFunc<int, int>("gate", async (context, _) =>
        {
            Task timer = context.CreateTimer(TimeSpan.FromDays(20), CancellationToken.None);
            int value = await context.WaitForExternalEvent<int>("go");
            await timer;
            return value;
        });
    }

    [Fact]
    public async Task Restart_WithAMessageNobodyTook_DeliversIt()
    {
        string id;
        await using (DurableTaskTestHost first = await StartAsync(AddGate))
            id = await first.Client.ScheduleNewOrchestrationInstanceAsync("gate");
        // A message that was stored in the instant of the stop.
        await _store.CommitAsync(new()
        {
            Messages = [new() { Sequence = 1_000, InstanceId = id, Payload = DurableTask.History.HistorySerializer.Write(new DurableTask.History.EventRaised("go", "5")) }],
        });

        await using DurableTaskTestHost second = await StartAsync(AddGate);
        OrchestrationMetadata result = await second.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);

        Assert.Equal(5, result.ReadOutputAs<int>());
        Assert.Empty(await _store.LoadInboxAsync(id, default));

        static void AddGate(DurableTaskRegistry tasks) =>
            tasks.AddOrchestratorFunc<int, int>("gate", (context, _) => context.WaitForExternalEvent<int>("go"));
    }

    [Fact]
    public async Task Activity_OpenAtAStop_RunsAgainUnderTheSameKey()
    {
        List<string?> keys = [];
        TaskCompletionSource begun = new();
        TaskCompletionSource never = new();
        string id;
        await using (DurableTaskTestHost first = await StartAsync(tasks => AddTo(tasks, () => never.Task)))
        {
            id = await first.Client.ScheduleNewOrchestrationInstanceAsync("run");
            await begun.Task;
        }

        await using DurableTaskTestHost second = await StartAsync(tasks => AddTo(tasks, () => Task.CompletedTask));
        await second.Client.WaitForInstanceCompletionAsync(id);

        Assert.Equal(2, keys.Count);
        Assert.Equal(keys[0], keys[1]);
        Assert.StartsWith(id + "/", keys[0], StringComparison.Ordinal);

        void AddTo(DurableTaskRegistry tasks, Func<Task> work) => tasks
            .AddOrchestratorFunc("run", context => context.CallActivityAsync("slow"))
            .AddActivityFunc("slow", async context =>
            {
                keys.Add(context.GetIdempotencyKey());
                begun.TrySetResult();
                await work();
            });
    }

    [Fact]
    public async Task Commit_AppliedButReportedAsFailed_TakesNoEventTwiceAndStillHasItsEffects()
    {
        ForgetfulStore store = new(_store, unit => unit.ConsumedMessages.Count > 0);
        await using DurableTaskTestHost host = await StartAsync(
            tasks => tasks
                .AddOrchestratorFunc<int, List<int>>("collect", async (context, _) =>
                {
                    List<int> seen = [];
                    while (seen.Count < 3)
                    {
                        seen.Add(await context.WaitForExternalEvent<int>("n"));
                        await context.CallActivityAsync("note");
                        await context.CallSubOrchestratorAsync<int>("child");
                    }

                    return seen;
                })
                .AddOrchestratorFunc<int, int>("child", (_, _) => Task.FromResult(1))
                .AddActivityFunc("note", _ => { }),
            options => options.Store = store);
        string id = await host.Client.ScheduleNewOrchestrationInstanceAsync("collect");
        await host.RunUntilIdleAsync();
        await host.Client.RaiseEventAsync(id, "n", 1);
        await host.AdvanceAsync(TimeSpan.FromSeconds(1));
        await host.Client.RaiseEventAsync(id, "n", 2);
        await host.Client.RaiseEventAsync(id, "n", 3);

        OrchestrationMetadata result = await host.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);

        Assert.Equal(1, store.Forgotten);
        Assert.Equal([1, 2, 3], result.ReadOutputAs<List<int>>()!);
    }

    [Fact]
    public async Task Instance_CachedOutOfMemory_IsReplayedWhenNeeded()
    {
        await using DurableTaskTestHost host = await StartAsync(
            tasks => tasks.AddOrchestratorFunc<int, int>("gate", async (context, _) =>
                await context.WaitForExternalEvent<int>("go") + await context.WaitForExternalEvent<int>("go")),
            options => options.ConfigureEngine = engine => engine.MaxCachedInstances = 1);
        List<string> ids = [];
        for (int i = 0; i < 20; i++)
            ids.Add(await host.Client.ScheduleNewOrchestrationInstanceAsync("gate"));
        await host.RunUntilIdleAsync();
        foreach (string id in ids)
            await host.Client.RaiseEventAsync(id, "go", 1);
        await host.RunUntilIdleAsync();
        foreach (string id in ids)
            await host.Client.RaiseEventAsync(id, "go", 2);

        foreach (string id in ids)
            Assert.Equal(3, (await host.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true)).ReadOutputAs<int>());
    }

    private Task<DurableTaskTestHost> StartAsync(Action<DurableTaskRegistry> tasks, Action<DurableTaskTestHostOptions>? configure = null) =>
        DurableTaskTestHost.StartAsync(tasks, options =>
        {
            options.Store = _store;
            options.Time = _time;
            configure?.Invoke(options);
        });
}
