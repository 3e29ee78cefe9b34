using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.Storage;
using RolloutWorkflows.DurableTask.Worker;

namespace RolloutWorkflows.DurableTask.Testing;

/// <summary>How a <see cref="DurableTaskTestHost"/> is set up.</summary>
public sealed class DurableTaskTestHostOptions
{
    /// <summary>Where instances are kept. Default: a new <see cref="InMemoryOrchestrationStore"/>. The host does not dispose of a given store.</summary>
    public IOrchestrationStore? Store { get; set; }

    /// <summary>The clock. Default: a new one. Share one between hosts to test a restart.</summary>
    public VirtualTimeProvider? Time { get; set; }

    /// <summary>
    /// Whether the clock jumps to the next timer whenever the engine can do nothing more at the present time and
    /// somebody waits for an instance to start or end. Otherwise only <see cref="DurableTaskTestHost.AdvanceAsync"/> moves it. Default: yes.
    /// </summary>
    public bool AutoAdvance { get; set; } = true;

    /// <summary>How an instance's state comes to be when a turn begins. Default: <see cref="ReplayMode.Sticky"/>.</summary>
    public ReplayMode Replay { get; set; } = ReplayMode.Sticky;

    /// <summary>Adds services, such as what activities need.</summary>
    public Action<IServiceCollection>? ConfigureServices { get; set; }

    /// <summary>Changes the worker's settings.</summary>
    public Action<DurableTaskWorkerOptions>? ConfigureWorker { get; set; }

    /// <summary>Changes the engine's settings.</summary>
    public Action<EmbeddedEngineOptions>? ConfigureEngine { get; set; }

    /// <summary>Changes the client's settings.</summary>
    public Action<DurableTaskClientOptions>? ConfigureClient { get; set; }
}
