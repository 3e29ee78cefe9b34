using Microsoft.Extensions.Hosting;

namespace RolloutWorkflows.DurableTask.Execution;

/// <summary>Runs the engine as long as the host runs.</summary>
internal sealed class EmbeddedWorker(string name) : IHostedService
{
    public string Name => name;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
