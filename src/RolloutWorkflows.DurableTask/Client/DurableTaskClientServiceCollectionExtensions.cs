using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace RolloutWorkflows.DurableTask.Client;

/// <summary>Adds clients to a container.</summary>
public static class DurableTaskClientServiceCollectionExtensions
{
    /// <summary>Adds a client, or gives the builder of one that was added before. The default client is injected as <see cref="DurableTaskClient"/>, others by their name as key.</summary>
    public static IDurableTaskClientBuilder AddDurableTaskClient(this IServiceCollection services, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        name ??= Options.DefaultName;
        IDurableTaskClientBuilder? existing = services
            .Select(service => service.IsKeyedService ? null : service.ImplementationInstance)
            .OfType<Registration>()
            .FirstOrDefault(registration => registration.Builder.Name == name)?.Builder;
        if (existing is not null)
            return existing;

        DefaultDurableTaskClientBuilder builder = new(name, services);
        services.AddSingleton(new Registration(builder));
        services.AddOptions<DurableTaskClientOptions>(name).Configure<IServiceProvider>((options, provider) =>
        {
            if (!options.HasOwnDataConverter && provider.GetService<DataConverter>() is { } converter)
                options.DataConverter = converter;
        });
        if (name == Options.DefaultName)
            services.TryAddSingleton(builder.Build);
        else
            services.AddKeyedSingleton(name, (provider, _) => builder.Build(provider));
        return builder;
    }

    /// <summary>Adds and configures a client.</summary>
    public static IServiceCollection AddDurableTaskClient(this IServiceCollection services, Action<IDurableTaskClientBuilder> configure) =>
        services.AddDurableTaskClient(Options.DefaultName, configure);

    /// <summary>Adds and configures a client.</summary>
    public static IServiceCollection AddDurableTaskClient(
        this IServiceCollection services, string name, Action<IDurableTaskClientBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        configure(services.AddDurableTaskClient(name));
        return services;
    }

    private sealed record Registration(IDurableTaskClientBuilder Builder);
}
