using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace RolloutWorkflows.DurableTask.Worker;

/// <summary>The builder that <c>AddDurableTaskWorker</c> gives.</summary>
public class DefaultDurableTaskWorkerBuilder : IDurableTaskWorkerBuilder
{
    private Type? _buildTarget;

    /// <param name="name">Name of the worker; <see langword="null"/> for the default one.</param>
    /// <param name="services">The container that is being filled.</param>
    public DefaultDurableTaskWorkerBuilder(string? name, IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        Name = name ?? Options.DefaultName;
        Services = services;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IServiceCollection Services { get; }

    /// <inheritdoc/>
    public Type? BuildTarget
    {
        get => _buildTarget;
        set => _buildTarget = value is null || (typeof(IHostedService).IsAssignableFrom(value) && !value.IsAbstract)
            ? value
            : throw new ArgumentException($"'{value}' must be a concrete class that implements {nameof(IHostedService)}.", nameof(value));
    }

    /// <inheritdoc/>
    public IHostedService Build(IServiceProvider serviceProvider) => BuildTarget is null
        ? throw new InvalidOperationException("No durable task worker target was registered. Call UseEmbedded() on the worker builder.")
        : (IHostedService)ActivatorUtilities.CreateInstance(serviceProvider, BuildTarget, Name);
}
