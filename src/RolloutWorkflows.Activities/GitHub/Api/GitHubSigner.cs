namespace RolloutWorkflows.Activities;

/// <summary>As whom a request is sent.</summary>
internal enum GitHubSigner
{
    /// <summary>The token's user, or the App as it is installed.</summary>
    Account,

    /// <summary>The App itself, by its key.</summary>
    App,
}
