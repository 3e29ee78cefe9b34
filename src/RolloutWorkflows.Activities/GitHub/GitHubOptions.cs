namespace RolloutWorkflows.Activities;

/// <summary>Which GitHub the host is connected to, and how it signs in. Secrets stand here by name only. Register it as a singleton before the activities; without it there is no GitHub.</summary>
public sealed record GitHubOptions
{
    /// <summary>The public GitHub.</summary>
    public static readonly Uri PublicApi = new("https://api.github.com");

    /// <summary>Default <see cref="PublicApi"/>; Enterprise Server's ends in <c>/api/v3</c>.</summary>
    public Uri ApiUrl { get; init; } = PublicApi;

    /// <summary>The name of the secret that holds a personal token.</summary>
    public string? Token { get; init; }

    /// <summary>The GitHub App; null with a personal token.</summary>
    public GitHubAppOptions? App { get; init; }

    /// <summary>The name of the secret by which webhooks are signed; null: none is taken.</summary>
    public string? WebhookSecret { get; init; }

    /// <summary>The least time between two requests that change something, as GitHub advises; default one second.</summary>
    public TimeSpan WriteInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>True where the host signs in to a GitHub.</summary>
    public bool IsConnected => Token is not null || App is not null;

    /// <summary>Where GraphQL is asked.</summary>
    public Uri GraphQlUrl => ApiUrl.AbsolutePath.TrimEnd('/').EndsWith("/api/v3", StringComparison.Ordinal)
        ? new Uri(ApiUrl, "/api/graphql")
        : new Uri($"{ApiUrl.AbsoluteUri.TrimEnd('/')}/graphql");
}
