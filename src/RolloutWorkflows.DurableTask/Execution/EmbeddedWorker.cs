using Microsoft.Extensions.Hosting;

namespace RolloutWorkflows.DurableTask.Execution;

/// <summary>Runs the engine as long as the host runs.</summary>
internal sealed class EmbeddedWorker(string name, OrchestrationEngine engine) : IHostedService
{
    public string Name => name;

    public Task StartAsync(CancellationToken cancellationToken) => engine.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => engine.StopAsync(cancellationToken);
}
