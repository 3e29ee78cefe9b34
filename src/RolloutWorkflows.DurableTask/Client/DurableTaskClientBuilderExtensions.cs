using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.DurableTask.Execution;

namespace RolloutWorkflows.DurableTask.Client;

/// <summary>Configures clients.</summary>
public static class DurableTaskClientBuilderExtensions
{
    /// <summary>Changes the client's settings.</summary>
    public static IDurableTaskClientBuilder Configure(this IDurableTaskClientBuilder builder, Action<DurableTaskClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Configure(builder.Name, configure);
        return builder;
    }

    /// <summary>Chooses the class of the client.</summary>
    public static IDurableTaskClientBuilder UseBuildTarget(this IDurableTaskClientBuilder builder, Type target)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.BuildTarget = target;
        return builder;
    }

    /// <summary>Chooses the class of the client.</summary>
    public static IDurableTaskClientBuilder UseBuildTarget<TTarget>(this IDurableTaskClientBuilder builder)
        where TTarget : DurableTaskClient => builder.UseBuildTarget(typeof(TTarget));

    /// <summary>Version given to new instances that name none.</summary>
    public static IDurableTaskClientBuilder UseDefaultVersion(this IDurableTaskClientBuilder builder, string version) =>
        builder.Configure(options => options.DefaultVersion = version);

    /// <summary>Talks to the engine within this process.</summary>
    public static IDurableTaskClientBuilder UseEmbedded(this IDurableTaskClientBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        EngineRegistration.Add(builder.Services, null);
        return builder.UseBuildTarget<EmbeddedDurableTaskClient>();
    }
}
