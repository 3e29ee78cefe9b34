using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.Execution;
using RolloutWorkflows.DurableTask.Storage;
using RolloutWorkflows.DurableTask.Worker;

namespace RolloutWorkflows.DurableTask.Testing;

/// <summary>
/// The real engine on virtual time and, by default, a store in memory: an orchestration that takes three weeks runs in
/// milliseconds. For tests and simulations.
/// </summary>
public sealed class DurableTaskTestHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly EmbeddedWorker _worker;
    private readonly IdleDriver _driver;
    private bool _stopped;

    private DurableTaskTestHost(ServiceProvider services, VirtualTimeProvider time, bool autoAdvance)
    {
        _services = services;
        Time = time;
        OrchestrationEngine engine = services.GetRequiredService<OrchestrationEngine>();
        _driver = new(engine, time, autoAdvance);
        _worker = services.GetServices<IHostedService>().OfType<EmbeddedWorker>().Single();
        Client = services.GetRequiredService<DurableTaskClient>();
        Administration = engine;
        Store = services.GetRequiredService<IOrchestrationStore>();
    }

    /// <summary>Starts and steers orchestrations.</summary>
    public DurableTaskClient Client { get; }

    /// <summary>Histories, parked instances, dead letters.</summary>
    public IOrchestrationAdministration Administration { get; }

    /// <summary>The clock that everything runs on; also registered as <see cref="TimeProvider"/>.</summary>
    public VirtualTimeProvider Time { get; }

    /// <summary>Where instances are kept.</summary>
    public IOrchestrationStore Store { get; }

    /// <summary>The container, with what the options added to it.</summary>
    public IServiceProvider Services => _services;

    /// <summary>Starts an engine with these orchestrators and activities.</summary>
    public static Task<DurableTaskTestHost> StartAsync(
        Action<DurableTaskRegistry> tasks, Action<DurableTaskTestHostOptions>? configure = null, CancellationToken cancellation = default)
    {
        DurableTaskTestHostOptions options = new();
        configure?.Invoke(options);
        return StartAsync(tasks, options, cancellation);
    }

    /// <summary>Starts an engine with these orchestrators and activities.</summary>
    public static async Task<DurableTaskTestHost> StartAsync(
        Action<DurableTaskRegistry> tasks, DurableTaskTestHostOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        ArgumentNullException.ThrowIfNull(options);
        VirtualTimeProvider time = options.Time ?? new();
        ServiceCollection services = new();
        services.AddSingleton<TimeProvider>(time);
        services.AddSingleton(time);
        // As an instance, so that the container does not dispose of a store that outlives this host.
        services.AddSingleton(options.Store ?? new InMemoryOrchestrationStore());
        services.AddLogging();
        services.AddDurableTaskWorker(worker =>
        {
            worker.AddTasks(tasks);
            if (options.ConfigureWorker is { } configureWorker)
                worker.Configure(configureWorker);
            worker.UseEmbedded(engine =>
            {
                engine.Replay = options.Replay;
                engine.ShutdownGrace = TimeSpan.Zero;
                // A virtual clock never jumps past a timer.
                engine.ClockCheckInterval = Timeout.InfiniteTimeSpan;
                options.ConfigureEngine?.Invoke(engine);
            });
        });
        services.AddDurableTaskClient(client =>
        {
            if (options.ConfigureClient is { } configureClient)
                client.Configure(configureClient);
            client.UseEmbedded();
        });
        options.ConfigureServices?.Invoke(services);

        DurableTaskTestHost host = new(services.BuildServiceProvider(), time, options.AutoAdvance);
        try
        {
            await host._worker.StartAsync(cancellation);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends once nothing more can happen at the present virtual time. The clock does not move.</summary>
    public Task RunUntilIdleAsync() => _driver.WhenIdleAsync();

    /// <summary>Moves the clock on by a time, from timer to timer, letting the engine finish at each, and once more at the end.</summary>
    public async Task AdvanceAsync(TimeSpan by)
    {
        DateTimeOffset target = Time.GetUtcNow() + by;
        await RunUntilIdleAsync();
        while (Time.NextDue is { } next && next <= target)
        {
            Time.AdvanceTo(next);
            await RunUntilIdleAsync();
        }

        Time.AdvanceTo(target);
        await RunUntilIdleAsync();
    }

    /// <summary>Stops the engine as a host would: turns under way end, the store is closed.</summary>
    public async Task StopAsync()
    {
        if (_stopped)
            return;
        _stopped = true;
        await _worker.StopAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _driver.DisposeAsync();
        await _services.DisposeAsync();
    }
}
