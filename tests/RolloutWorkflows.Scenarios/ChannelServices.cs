using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Scenarios;

internal static class ChannelServices
{
    public static IServiceCollection AddChannels(this IServiceCollection services, IEnumerable<IChannel> channels)
    {
        foreach (var channel in channels) services.AddSingleton(channel);
        return services;
    }
}
