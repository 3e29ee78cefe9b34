using Microsoft.Extensions.DependencyInjection;

namespace RolloutWorkflows.Host;

/// <summary>What the server is made of.</summary>
internal static class HostServices
{
    public static IServiceCollection AddRolloutServices(this IServiceCollection services) => services
        .AddSingleton<StartReport>()
        .AddTriggers();

    private static IServiceCollection AddTriggers(this IServiceCollection services) => services
        .AddSingleton<HttpTrigger, GetHealth>();
}
