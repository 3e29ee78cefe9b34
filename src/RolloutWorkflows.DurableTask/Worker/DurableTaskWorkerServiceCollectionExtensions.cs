using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace RolloutWorkflows.DurableTask.Worker;

/// <summary>Adds workers to a container.</summary>
public static class DurableTaskWorkerServiceCollectionExtensions
{
    /// <summary>Adds a worker, or gives the builder of one that was added before.</summary>
    public static IDurableTaskWorkerBuilder AddDurableTaskWorker(this IServiceCollection services, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        name ??= Options.DefaultName;
        IDurableTaskWorkerBuilder? existing = services
            .Select(service => service.IsKeyedService ? null : service.ImplementationInstance)
            .OfType<Registration>()
            .FirstOrDefault(registration => registration.Builder.Name == name)?.Builder;
        if (existing is not null)
            return existing;

        DefaultDurableTaskWorkerBuilder builder = new(name, services);
        services.AddSingleton(new Registration(builder));
        services.AddOptions<DurableTaskWorkerOptions>(name).Configure<IServiceProvider>((options, provider) =>
        {
            if (!options.HasOwnDataConverter && provider.GetService<DataConverter>() is { } converter)
                options.DataConverter = converter;
        });
        services.AddOptions<DurableTaskRegistry>(name);
        services.AddSingleton(builder.Build);
        return builder;
    }

    /// <summary>Adds and configures a worker.</summary>
    public static IServiceCollection AddDurableTaskWorker(this IServiceCollection services, Action<IDurableTaskWorkerBuilder> configure) =>
        services.AddDurableTaskWorker(Options.DefaultName, configure);

    /// <summary>Adds and configures a worker.</summary>
    public static IServiceCollection AddDurableTaskWorker(
        this IServiceCollection services, string name, Action<IDurableTaskWorkerBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        configure(services.AddDurableTaskWorker(name));
        return services;
    }

    private sealed record Registration(IDurableTaskWorkerBuilder Builder);
}
