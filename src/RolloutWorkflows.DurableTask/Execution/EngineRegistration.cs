using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.Worker;

namespace RolloutWorkflows.DurableTask.Execution;

/// <summary>Registers the one engine of a container, whichever of worker and client asks first.</summary>
internal static class EngineRegistration
{
    public static void Add(IServiceCollection services, string? workerName)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<EmbeddedEngineOptions>();
        services.TryAddSingleton<OrchestrationEngine>();
        services.TryAddSingleton<IOrchestrationAdministration>(provider => provider.GetRequiredService<OrchestrationEngine>());
        if (workerName is not null)
            services.TryAddSingleton(new EmbeddedWorkerName(workerName));
    }
}
