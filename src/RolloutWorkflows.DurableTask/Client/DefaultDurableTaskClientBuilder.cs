using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace RolloutWorkflows.DurableTask.Client;

/// <summary>The builder that <c>AddDurableTaskClient</c> gives.</summary>
public class DefaultDurableTaskClientBuilder : IDurableTaskClientBuilder
{
    private Type? _buildTarget;

    /// <param name="name">Name of the client; <see langword="null"/> for the default one.</param>
    /// <param name="services">The container that is being filled.</param>
    public DefaultDurableTaskClientBuilder(string? name, IServiceCollection services)
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
        set => _buildTarget = value is null || (value.IsSubclassOf(typeof(DurableTaskClient)) && !value.IsAbstract)
            ? value
            : throw new ArgumentException($"'{value}' must be a concrete subclass of {nameof(DurableTaskClient)}.", nameof(value));
    }

    /// <inheritdoc/>
    public DurableTaskClient Build(IServiceProvider serviceProvider) => BuildTarget is null
        ? throw new InvalidOperationException("No durable task client target was registered. Call UseEmbedded() on the client builder.")
        : (DurableTaskClient)ActivatorUtilities.CreateInstance(serviceProvider, BuildTarget, Name);
}
