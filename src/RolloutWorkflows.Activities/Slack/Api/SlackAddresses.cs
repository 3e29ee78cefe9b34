namespace RolloutWorkflows.Activities;

/// <summary>Which addresses that Slack names are Slack's. Where the configured API is on this machine, as in tests, so may they be. Pure.</summary>
internal static class SlackAddresses
{
    private const string Hooks = "hooks.slack.com";

    /// <summary>Whether a <c>response_url</c> may be called.</summary>
    public static bool IsResponse(Uri address, Uri api) =>
        address.IsAbsoluteUri && address.UserInfo.Length == 0 &&
        ((address.Scheme == Uri.UriSchemeHttps && address.Host == Hooks && address.IsDefaultPort) || IsThere(address, api, Uri.UriSchemeHttp));

    /// <summary>Whether a WebSocket may be opened there.</summary>
    public static bool IsConnection(Uri address, Uri api) =>
        address.UserInfo.Length == 0 &&
        ((address.Scheme == Uri.UriSchemeWss && address.Host.EndsWith(".slack.com", StringComparison.Ordinal) && address.IsDefaultPort) || IsThere(address, api, Uri.UriSchemeWs));

    private static bool IsThere(Uri address, Uri api, string scheme) => api.IsLoopback && address.Scheme == scheme && address.Authority == api.Authority;
}
