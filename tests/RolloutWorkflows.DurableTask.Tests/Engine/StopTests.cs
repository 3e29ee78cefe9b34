using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.Storage;
using RolloutWorkflows.DurableTask.Testing;

namespace RolloutWorkflows.DurableTask.Tests.Engine;

/// <summary>What a stop leaves to the next start.</summary>
public sealed class StopTests : IAsyncDisposable
{
    private readonly InMemoryOrchestrationStore _store = new();
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<int> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _runs;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Activity_ThatEndsWithinTheGrace_IsNotRunAgain()
    {
        string id = await StopWhileRunningAsync(() => _end.SetResult(7));

        await using DurableTaskTestHost second = await StartAsync();
        OrchestrationMetadata ended = await second.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);

        Assert.Equal(7, ended.ReadOutputAs<int>());
        Assert.Equal(1, _runs);
    }

    [Fact]
    public async Task Activity_ThatFailsWithinTheGrace_RunsAgain()
    {
        string id = await StopWhileRunningAsync(() => _end.SetException(new OperationCanceledException("the server stops")));

        await using DurableTaskTestHost second = await StartAsync();
        OrchestrationMetadata ended = await second.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);

        Assert.Equal(2, ended.ReadOutputAs<int>());
    }

    [Fact]
    public async Task Activity_ThatEndsAfterTheStop_LeavesTheStoreToItsNextOwner()
    {
        // Its end runs on within SetResult.
        TaskCompletionSource late = new();
        DurableTaskTestHost host = await DurableTaskTestHost.StartAsync(
            tasks => tasks
                .AddOrchestratorFunc("run", context => context.CallActivityAsync("work"))
                .AddActivityFunc("work", _ =>
                {
                    _begun.TrySetResult();
                    return late.Task;
                }),
            options => options.Store = _store);
        string id = await host.Client.ScheduleNewOrchestrationInstanceAsync("run");
        await _begun.Task;
        await host.StopAsync();

        late.SetResult();

        Assert.Empty(await _store.LoadInboxAsync(id, default));
        Assert.Single(await _store.LoadActivitiesAsync(default));
        await host.DisposeAsync();
    }

    private async Task<string> StopWhileRunningAsync(Action end)
    {
        await using DurableTaskTestHost first = await StartAsync(options => options.ConfigureEngine = engine => engine.ShutdownGrace = TimeSpan.FromSeconds(5));
        string id = await first.Client.ScheduleNewOrchestrationInstanceAsync("run");
        await _begun.Task;
        Task stop = first.StopAsync();
        end();
        await stop;
        return id;
    }

    private Task<DurableTaskTestHost> StartAsync(Action<DurableTaskTestHostOptions>? configure = null) => DurableTaskTestHost.StartAsync(
        tasks => tasks
            .AddOrchestratorFunc<int, int>("run", (context, _) => context.CallActivityAsync<int>("work"))
            .AddActivityFunc<object?, int>("work", async (_, _) =>
            {
                int run = Interlocked.Increment(ref _runs);
                _begun.TrySetResult();
                return run == 1 ? await _end.Task : run;
            }),
        options =>
        {
            options.Store = _store;
            options.AutoAdvance = false;
            configure?.Invoke(options);
        });
}
