using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary>What takes webhooks of GitHub, and what finds again those that were missed.</summary>
internal static class GitHubIntakeServices
{
    public static IServiceCollection AddGitHubIntake(this IServiceCollection services) => services
        .AddSingleton<SqliteDeliveries>()
        .AddSingleton<GitHubRequests>()
        .AddSingleton<GitHubIntake>()
        .AddSingleton<WaitingDeployments>()
        .AddSingleton<IssueRuns>()
        .AddSingleton<IssueSelf>()
        .AddSingleton<IssueNews>()
        .AddSingleton<CommentIntake>()
        .AddSingleton<CommentCommands>()
        .AddSingleton<TickIntake>()
        .AddSingleton<TickVotes>()
        .AddSingleton<TickCatchUp>()
        .AddSingleton<CommentCatchUp>()
        .AddSingleton<IssueCatchUp>()
        .AddSingleton<ITickCatchUp>(provider => provider.GetRequiredService<IssueCatchUp>())
        .AddSingleton<ICommentCatchUp>(provider => provider.GetRequiredService<IssueCatchUp>());
}
