using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.Storage;
using RolloutWorkflows.DurableTask.Testing;

namespace RolloutWorkflows.DurableTask.Tests.Engine;

/// <summary>What dies with its process again and again is held back; what only stood by goes on.</summary>
public sealed class ProcessDeathTests : IAsyncDisposable
{
    private readonly InMemoryOrchestrationStore _store = new();
    private readonly VirtualTimeProvider _time = new();

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Activity_UnderWayAtTenDeaths_FailsAsPoison()
    {
        string id = await LiveAndDieAsync(12, AddFragile, host => host.Client.ScheduleNewOrchestrationInstanceAsync("run"));

        await using DurableTaskTestHost last = await StartAsync(AddFragile);
        await last.RunUntilIdleAsync();

        OrchestrationMetadata? ended = await last.Client.GetInstancesAsync(id, getInputsAndOutputs: true);
        Assert.Equal("PoisonActivity", ended!.FailureDetails!.InnerFailure!.ErrorType);

        void AddFragile(DurableTaskRegistry tasks) => tasks
            .AddOrchestratorFunc("run", context => context.CallActivityAsync("fragile"))
            .AddActivityFunc("fragile", _ => Task.Delay(TimeSpan.FromDays(30), _time));
    }

    [Fact]
    public async Task Activity_ThatOnlyWaitedForItsTurnAtTwelveDeaths_RunsOnceThereIsRoom()
    {
        int earlier = -1;
        string id = await LiveAndDieAsync(
            12, Add, host => host.Client.ScheduleNewOrchestrationInstanceAsync("run"), options =>
            {
                OneAtATime(options);
                options.ConfigureEngine = engine => engine.MaxActivityDeliveries = 100;
            });

        await using DurableTaskTestHost last = await StartAsync(Add, OneAtATime);
        await last.RunUntilIdleAsync();

        OrchestrationMetadata? ended = await last.Client.GetInstancesAsync(id, getInputsAndOutputs: true);
        Assert.Equal("innocent", ended!.ReadOutputAs<string>());
        Assert.Equal(1, earlier);

        static void OneAtATime(DurableTaskTestHostOptions options) =>
            options.ConfigureWorker = worker => worker.Concurrency.MaximumConcurrentActivityWorkItems = 1;

        void Add(DurableTaskRegistry tasks) => tasks
            .AddOrchestratorFunc<int, string>("run", async (context, _) =>
            {
                Task culprit = context.CallActivityAsync("culprit");
                string innocent = await context.CallActivityAsync<string>("innocent");
                await Task.WhenAny(culprit);
                return innocent;
            })
            .AddActivityFunc("culprit", _ => Task.Delay(TimeSpan.FromDays(30), _time))
            .AddActivityFunc<object?, string>("innocent", (context, _) =>
            {
                earlier = ((IDurableActivityFeature)context).PreviousAttempts;
                return "innocent";
            });
    }

    [Fact]
    public async Task Instance_WaitingForItsStartTimeWithAnEventAtTwelveDeaths_StartsInTime()
    {
        string id = await LiveAndDieAsync(12, Add, async host =>
        {
            string scheduled = await host.Client.ScheduleNewOrchestrationInstanceAsync(
                "gate", new StartOrchestrationOptions(StartAt: _time.GetUtcNow().AddDays(1)));
            await host.Client.RaiseEventAsync(scheduled, "go", 3);
            return scheduled;
        });

        await using DurableTaskTestHost last = await StartAsync(Add);
        await last.AdvanceAsync(TimeSpan.FromDays(2));

        OrchestrationMetadata? ended = await last.Client.GetInstancesAsync(id, getInputsAndOutputs: true);
        Assert.Null(ended!.ParkedReason);
        Assert.Equal(3, ended.ReadOutputAs<int>());

        static void Add(DurableTaskRegistry tasks) =>
            tasks.AddOrchestratorFunc<int, int>("gate", (context, _) => context.WaitForExternalEvent<int>("go"));
    }

    [Fact]
    public async Task Instance_WhoseTimerKillsTheProcessAgainAndAgain_IsParked()
    {
        bool deadly = false;
        // A turn that kills the process commits nothing.
        _store.BeforeCommit = unit =>
        {
            if (deadly && unit.RemovedTimers.Count > 0)
                throw new StoreUnavailableException("dead", new IOException());
        };
        string id;
        await using (DurableTaskTestHost first = await StartAsync(Add))
        {
            id = await first.Client.ScheduleNewOrchestrationInstanceAsync("sleep");
            await first.RunUntilIdleAsync();
        }

        _time.Advance(TimeSpan.FromHours(2));
        deadly = true;
        await LiveAndDieAsync(10, Add, _ => Task.FromResult(id));

        await using DurableTaskTestHost last = await StartAsync(Add);
        await last.RunUntilIdleAsync();

        OrchestrationMetadata? parked = await last.Client.GetInstancesAsync(id);
        Assert.Contains("The process died 10 times", parked!.ParkedReason, StringComparison.Ordinal);

        static void Add(DurableTaskRegistry tasks) => tasks.AddOrchestratorFunc(
            "sleep", context => context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None));
    }

    /// <summary>Lets processes begin, come to rest and die, one after the other. The first one begins the work.</summary>
    private async Task<string> LiveAndDieAsync(
        int times, Action<DurableTaskRegistry> tasks, Func<DurableTaskTestHost, Task<string>> begin, Action<DurableTaskTestHostOptions>? configure = null)
    {
        string? id = null;
        for (int i = 0; i < times; i++)
        {
            DurableTaskTestHost host = await StartAsync(tasks, configure);
            id ??= await begin(host);
            await host.AdvanceAsync(TimeSpan.FromMilliseconds(1));
            await host.DisposeAsync();
            // The host said goodbye; a process that dies does not.
            await _store.OpenAsync(default);
        }

        return id!;
    }

    private Task<DurableTaskTestHost> StartAsync(Action<DurableTaskRegistry> tasks, Action<DurableTaskTestHostOptions>? configure = null) =>
        DurableTaskTestHost.StartAsync(tasks, options =>
        {
            options.Store = _store;
            options.Time = _time;
            options.AutoAdvance = false;
            configure?.Invoke(options);
        });
}
