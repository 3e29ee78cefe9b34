using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace RolloutWorkflows.DurableTask.Worker;

/// <summary>Configures a worker.</summary>
public interface IDurableTaskWorkerBuilder
{
    /// <summary>Name of the worker; options are registered under it.</summary>
    string Name { get; }

    /// <summary>The container that is being filled.</summary>
    IServiceCollection Services { get; }

    /// <summary>The hosted service that runs the worker.</summary>
    Type? BuildTarget { get; set; }

    /// <summary>Makes the hosted service.</summary>
    IHostedService Build(IServiceProvider serviceProvider);
}
