using Microsoft.Extensions.DependencyInjection;

namespace RolloutWorkflows.DurableTask.Client;

/// <summary>Configures a client.</summary>
public interface IDurableTaskClientBuilder
{
    /// <summary>Name of the client; options are registered under it.</summary>
    string Name { get; }

    /// <summary>The container that is being filled.</summary>
    IServiceCollection Services { get; }

    /// <summary>The class of the client.</summary>
    Type? BuildTarget { get; set; }

    /// <summary>Makes the client.</summary>
    DurableTaskClient Build(IServiceProvider serviceProvider);
}
