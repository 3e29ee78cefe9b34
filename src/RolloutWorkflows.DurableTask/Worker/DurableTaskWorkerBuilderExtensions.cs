using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RolloutWorkflows.DurableTask.Execution;

namespace RolloutWorkflows.DurableTask.Worker;

/// <summary>Configures workers.</summary>
public static class DurableTaskWorkerBuilderExtensions
{
    /// <summary>Adds orchestrators and activities.</summary>
    public static IDurableTaskWorkerBuilder AddTasks(this IDurableTaskWorkerBuilder builder, Action<DurableTaskRegistry> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Configure(builder.Name, configure);
        return builder;
    }

    /// <summary>Changes the worker's settings.</summary>
    public static IDurableTaskWorkerBuilder Configure(this IDurableTaskWorkerBuilder builder, Action<DurableTaskWorkerOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Configure(builder.Name, configure);
        return builder;
    }

    /// <summary>Chooses the hosted service that runs the worker.</summary>
    public static IDurableTaskWorkerBuilder UseBuildTarget(this IDurableTaskWorkerBuilder builder, Type target)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.BuildTarget = target;
        return builder;
    }

    /// <summary>Chooses the hosted service that runs the worker.</summary>
    public static IDurableTaskWorkerBuilder UseBuildTarget<TTarget>(this IDurableTaskWorkerBuilder builder)
        where TTarget : IHostedService => builder.UseBuildTarget(typeof(TTarget));

    /// <summary>Chooses which versions the worker runs.</summary>
    public static IDurableTaskWorkerBuilder UseVersioning(
        this IDurableTaskWorkerBuilder builder, DurableTaskWorkerOptions.VersioningOptions versionOptions)
    {
        ArgumentNullException.ThrowIfNull(versionOptions);
        return builder.Configure(options => options.Versioning = new()
        {
            Version = versionOptions.Version,
            DefaultVersion = versionOptions.DefaultVersion,
            MatchStrategy = versionOptions.MatchStrategy,
            FailureStrategy = versionOptions.FailureStrategy,
        });
    }

    /// <summary>
    /// Runs the engine within this process, on the <see cref="Storage.IOrchestrationStore"/> in the container. A
    /// container has one such engine; it is also an <see cref="Client.IOrchestrationAdministration"/>.
    /// </summary>
    public static IDurableTaskWorkerBuilder UseEmbedded(this IDurableTaskWorkerBuilder builder, Action<EmbeddedEngineOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        EngineRegistration.Add(builder.Services, builder.Name);
        if (configure is not null)
            builder.Services.Configure(configure);
        return builder.UseBuildTarget<EmbeddedWorker>();
    }
}
