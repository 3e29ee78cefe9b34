using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.Storage;
using RolloutWorkflows.DurableTask.Testing;

namespace RolloutWorkflows.DurableTask.Tests.Engine;

/// <summary>What cannot go on is held with a reason, and goes on once the cause is gone.</summary>
public sealed class ParkedInstanceTests : IAsyncDisposable
{
    private readonly InMemoryOrchestrationStore _store = new();

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Commit_FailingOnce_IsRepeatedWithoutASecondEffect()
    {
        int runs = 0;
        bool failed = false;
        _store.BeforeCommit = unit =>
        {
            if (!failed && unit.RemovedActivities.Count > 0)
            {
                failed = true;
                throw new StoreException("disk full");
            }
        };
        await using DurableTaskTestHost host = await StartAsync(tasks => tasks
            .AddOrchestratorFunc<int, int>("run", (context, _) => context.CallActivityAsync<int>("count"))
            .AddActivityFunc<object?, int>("count", (_, _) => Interlocked.Increment(ref runs)));
        string id = await host.Client.ScheduleNewOrchestrationInstanceAsync("run");

        OrchestrationMetadata result = await host.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);

        Assert.True(failed);
        Assert.Equal(1, result.ReadOutputAs<int>());
    }

    [Fact]
    public async Task Commits_FailingAgainAndAgain_ParkTheInstance_UntilItIsResumed()
    {
        bool broken = true;
        _store.BeforeCommit = unit =>
        {
            if (broken && unit.History is not null)
                throw new StoreException("cannot write history");
        };
        await using DurableTaskTestHost host = await StartAsync(
            tasks => tasks.AddOrchestratorFunc<int, int>("run", (_, _) => Task.FromResult(1)));
        string id = await host.Client.ScheduleNewOrchestrationInstanceAsync("run");
        await host.AdvanceAsync(TimeSpan.FromMinutes(10));
        OrchestrationMetadata parked = Assert.Single(await ListAsync(host.Administration.GetParkedInstancesAsync()));
        broken = false;

        bool resumed = await host.Administration.UnparkAsync(id);
        OrchestrationMetadata result = await host.Client.WaitForInstanceCompletionAsync(id);

        Assert.Contains("10 turns in a row failed", parked.ParkedReason, StringComparison.Ordinal);
        Assert.Contains("cannot write history", parked.ParkedReason, StringComparison.Ordinal);
        Assert.True(resumed);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, result.RuntimeStatus);
        Assert.Null(result.ParkedReason);
    }

    [Fact]
    public async Task Instance_WithChangedCode_IsParked_AndGoesOnWithTheOldCode()
    {
        string id;
        await using (DurableTaskTestHost old = await StartAsync(tasks => Add(tasks, "first")))
        {
            id = await old.Client.ScheduleNewOrchestrationInstanceAsync("run");
            await old.RunUntilIdleAsync();
        }

        await using (DurableTaskTestHost changed = await StartAsync(tasks => Add(tasks, "other")))
        {
            await changed.Client.RaiseEventAsync(id, "go", 3);
            await changed.RunUntilIdleAsync();
            OrchestrationMetadata parked = (await changed.Client.GetInstanceAsync(id))!;
            Assert.Equal(OrchestrationRuntimeStatus.Running, parked.RuntimeStatus);
            Assert.Contains("Non-deterministic", parked.ParkedReason, StringComparison.Ordinal);
        }

        await using DurableTaskTestHost back = await StartAsync(tasks => Add(tasks, "first"));
        await back.Administration.UnparkAsync(id);
        OrchestrationMetadata result = await back.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);

        Assert.Equal(3, result.ReadOutputAs<int>());

        static void Add(DurableTaskRegistry tasks, string activity) => tasks
            .AddOrchestratorFunc<int, int>("run", async (context, _) =>
            {
                await context.CallActivityAsync(activity);
                return await context.WaitForExternalEvent<int>("go");
            })
            .AddActivityFunc(activity, _ => { });
    }

    [Fact]
    public async Task ParkedInstance_Terminated_Ends()
    {
        await using DurableTaskTestHost host = await StartAsync(
            tasks => tasks.AddOrchestratorFunc<int, int>("stuck", (_, _) => new TaskCompletionSource<int>().Task));
        string id = await host.Client.ScheduleNewOrchestrationInstanceAsync("stuck");
        await host.RunUntilIdleAsync();
        string? reason = (await host.Client.GetInstanceAsync(id))!.ParkedReason;

        await host.Client.TerminateInstanceAsync(id, "enough");
        OrchestrationMetadata result = await host.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);

        Assert.NotNull(reason);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, result.RuntimeStatus);
        Assert.Equal("enough", result.ReadOutputAs<string>());
    }

    [Fact]
    public async Task Activity_EndingWhileTheInstanceIsParked_KeepsItsResult()
    {
        TaskCompletionSource release = new();
        int runs = 0;
        bool stuck = true;
        await using DurableTaskTestHost host = await StartAsync(tasks => tasks
            .AddOrchestratorFunc<int, int>("run", async (context, _) =>
            {
                Task<int> activity = context.CallActivityAsync<int>("slow");
                await context.WaitForExternalEvent<int>("go");
                if (stuck)
                    await Task.Run(() => Thread.Yield(), CancellationToken.None).ContinueWith(_ => { }, TaskScheduler.Default);
                return await activity;
            })
            .AddActivityFunc<object?, int>("slow", async (_, _) =>
            {
                await release.Task;
                return Interlocked.Increment(ref runs);
            }));
        string id = await host.Client.ScheduleNewOrchestrationInstanceAsync("run");
        await host.Client.WaitForInstanceStartAsync(id);
        await host.Client.RaiseEventAsync(id, "go", 1);
        while ((await host.Client.GetInstanceAsync(id))!.ParkedReason is null)
            await Task.Yield();
        release.SetResult();
        await host.RunUntilIdleAsync();
        stuck = false;

        await host.Administration.UnparkAsync(id);
        OrchestrationMetadata result = await host.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);

        Assert.Equal(1, result.ReadOutputAs<int>());
        Assert.Equal(1, runs);
    }

    private static async Task<List<OrchestrationMetadata>> ListAsync(AsyncPageable<OrchestrationMetadata> pages)
    {
        List<OrchestrationMetadata> all = [];
        await foreach (OrchestrationMetadata one in pages)
            all.Add(one);
        return all;
    }

    private Task<DurableTaskTestHost> StartAsync(Action<DurableTaskRegistry> tasks) =>
        DurableTaskTestHost.StartAsync(tasks, options => options.Store = _store);
}
