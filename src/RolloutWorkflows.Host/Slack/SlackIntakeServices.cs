using Microsoft.Extensions.DependencyInjection;

namespace RolloutWorkflows.Host;

/// <summary>What takes clicks, dialogs and commands of Slack.</summary>
internal static class SlackIntakeServices
{
    public static IServiceCollection AddSlackIntake(this IServiceCollection services) => services
        .AddSingleton<SlackRequests>()
        .AddSingleton<SlackInbox>()
        .AddSingleton<SlackClicks>()
        .AddSingleton<SlackSubmissions>()
        .AddSingleton<SlackCommands>()
        .AddSingleton<SlackReplies>()
        .AddSingleton<ClosedQuestions>()
        .AddSingleton<SlashCommands>()
        .AddSingleton<SlashRuns>()
        .AddSingleton<SlackBehind>()
        .AddHostedService(provider => provider.GetRequiredService<SlackBehind>())
        .AddSingleton<SlackCheck>()
        .AddSingleton<SlackSocket>()
        .AddHostedService(provider => provider.GetRequiredService<SlackSocket>());
}
