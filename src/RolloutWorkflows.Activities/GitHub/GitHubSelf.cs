namespace RolloutWorkflows.Activities;

/// <summary>Who we are at GitHub.</summary>
/// <param name="User">The account that stands as author of what we write: the token's user, or the App's bot.</param>
/// <param name="AppId">The App's number; null with a personal token.</param>
public sealed record GitHubSelf(GitHubUser User, long? AppId);
