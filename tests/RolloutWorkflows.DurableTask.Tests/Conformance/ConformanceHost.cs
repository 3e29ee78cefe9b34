using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.History;
using RolloutWorkflows.DurableTask.Sqlite;
using RolloutWorkflows.DurableTask.Storage;
using RolloutWorkflows.DurableTask.Testing;

namespace RolloutWorkflows.DurableTask.Tests.Conformance;

/// <summary>
/// An engine of a kind on virtual time, with the tasks of a test. Time passes only while the test waits for an instance
/// to start or to end, and in <see cref="AdvanceAsync"/>.
/// </summary>
internal sealed class ConformanceHost : IAsyncDisposable
{
    /// <summary>Ends a test that hangs, in real time; no test comes near it otherwise.</summary>
    private static readonly TimeSpan HangLimit = TimeSpan.FromSeconds(20);

    private readonly Func<DurableTaskTestHostOptions> _options;
    private readonly DirectoryInfo? _folder;
    private readonly CancellationTokenSource _hang;
    private DurableTaskTestHost _host;

    private ConformanceHost(DurableTaskTestHost host, Func<DurableTaskTestHostOptions> options, DirectoryInfo? folder, CancellationTokenSource hang)
    {
        _host = host;
        _options = options;
        _folder = folder;
        _hang = hang;
    }

    public DurableTaskClient Client => _host.Client;

    public IOrchestrationAdministration Administration => _host.Administration;

    public IServiceProvider Services => _host.Services;

    /// <summary>The present virtual time.</summary>
    public DateTimeOffset Now => _host.Time.GetUtcNow();

    /// <summary>Cancelled when the test is, or hangs.</summary>
    public CancellationToken Cancellation => _hang.Token;

    public static async Task<ConformanceHost> StartAsync(
        EngineKind engine,
        Action<DurableTaskRegistry> tasks,
        Action<IServiceCollection>? services = null,
        Func<IOrchestrationStore, IOrchestrationStore>? wrap = null)
    {
        DirectoryInfo? folder = engine.IsOnDisk() ? Directory.CreateTempSubdirectory("rollout-conformance-") : null;
        CancellationTokenSource hang = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        hang.CancelAfter(HangLimit);
        VirtualTimeProvider time = new();
        InMemoryOrchestrationStore memory = new();
        IOrchestrationStore Store() => folder is null
            ? memory
            : new SqliteOrchestrationStore(new() { Path = Path.Combine(folder.FullName, "conformance.db") });
        DurableTaskTestHostOptions Options() => new()
        {
            Store = wrap?.Invoke(Store()) ?? Store(),
            Replay = engine.Replay(),
            Time = time,
            ConfigureServices = services,
        };
        return new(await DurableTaskTestHost.StartAsync(tasks, Options(), hang.Token), Options, folder, hang);
    }

    /// <summary>Stops the engine, lets a time pass, and starts another one on the same store, with other code if given.</summary>
    public async Task RestartAsync(Action<DurableTaskRegistry> tasks, TimeSpan pause = default)
    {
        await StopAsync();
        _host.Time.Advance(pause);
        _host = await DurableTaskTestHost.StartAsync(tasks, _options(), Cancellation);
    }

    /// <summary>Starts an instance.</summary>
    public Task<string> ScheduleAsync(TaskName name, object? input = null, StartOrchestrationOptions? options = null) =>
        Client.ScheduleNewOrchestrationInstanceAsync(name, input, options, Cancellation);

    /// <summary>Starts an instance and waits for its first turn.</summary>
    public async Task<string> ScheduleAndStartAsync(TaskName name, object? input = null)
    {
        string id = await ScheduleAsync(name, input);
        await Client.WaitForInstanceStartAsync(id, Cancellation);
        return id;
    }

    /// <summary>Lets time pass until an instance has ended.</summary>
    public Task<OrchestrationMetadata> EndOfAsync(string id) => Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, Cancellation);

    /// <summary>Starts an instance and lets time pass until it has ended.</summary>
    public async Task<OrchestrationMetadata> RunAsync(TaskName name, object? input = null, StartOrchestrationOptions? options = null) =>
        await EndOfAsync(await ScheduleAsync(name, input, options));

    /// <summary>Runs an instance that is expected to complete, and gives its output.</summary>
    public async Task<T> OutputOfAsync<T>(TaskName name, object? input = null, StartOrchestrationOptions? options = null) =>
        await OutputOfEndAsync<T>(await ScheduleAsync(name, input, options));

    /// <summary>Waits for an instance that is expected to complete, and gives its output.</summary>
    public async Task<T> OutputOfEndAsync<T>(string id)
    {
        OrchestrationMetadata ended = await EndOfAsync(id);
        Assert.True(ended.RuntimeStatus == OrchestrationRuntimeStatus.Completed, ended.ToString());
        return ended.ReadOutputAs<T>()!;
    }

    /// <summary>The state of an instance that must exist.</summary>
    public async Task<OrchestrationMetadata> StateAsync(string id)
    {
        OrchestrationMetadata? state = await Client.GetInstanceAsync(id, getInputsAndOutputs: true, Cancellation);
        Assert.NotNull(state);
        return state;
    }

    /// <summary>How often the history of an instance's present execution records something.</summary>
    public async Task<int> CountAsync<T>(string id)
        where T : HistoryEvent => (await Administration.GetHistoryAsync(id, Cancellation)).OfType<T>().Count();

    /// <summary>Ends once nothing more can happen at the present time.</summary>
    public Task SettleAsync() => _host.RunUntilIdleAsync().WaitAsync(Cancellation);

    /// <summary>Lets a time pass, and all that happens in it.</summary>
    public Task AdvanceAsync(TimeSpan time) => _host.AdvanceAsync(time).WaitAsync(Cancellation);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _host.Store.DisposeAsync();
        _hang.Dispose();
        _folder?.Delete(recursive: true);
    }

    private async Task StopAsync()
    {
        await _host.DisposeAsync();
        if (_folder is not null)
            await _host.Store.DisposeAsync();
    }
}
