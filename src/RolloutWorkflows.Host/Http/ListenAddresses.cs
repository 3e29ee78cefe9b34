using Microsoft.AspNetCore.Http;

namespace RolloutWorkflows.Host;

/// <summary>Checks where the server is to listen. Beyond loopback it needs keys, and a proxy that ends TLS, since it speaks plain http itself.</summary>
internal static class ListenAddresses
{
    /// <exception cref="HostConfigurationException">An address is not one, or may not be listened on as things are.</exception>
    public static string[] Require(string urls, bool hasKeys, bool behindProxy)
    {
        var addresses = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var problems = addresses.Select(url => Problem(url, hasKeys, behindProxy)).OfType<string>().ToList();
        if (addresses.Length == 0) problems.Add("--urls: expected an address such as http://127.0.0.1:7071, got nothing.");
        if (behindProxy && !hasKeys) problems.Add("--behind-proxy: a proxy makes every caller look like this machine, so the server needs keys first: rollout keys add NAME --role admin.");
        return problems.Count == 0 ? addresses : throw new HostConfigurationException(problems) { IsOption = true };
    }

    /// <summary>The addresses for webhooks alone. No key comes in there, but beyond loopback the server needs keys, since without any it hears this machine only.</summary>
    /// <exception cref="HostConfigurationException">An address is not one, or may not be listened on as things are.</exception>
    public static string[] RequireForWebhooks(string? urls, bool hasKeys)
    {
        var addresses = (urls ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var problems = addresses.Select(url => Problem(url, hasKeys, behindProxy: true)).OfType<string>().Select(problem => problem.Replace("--urls", "--webhook-urls", StringComparison.Ordinal)).ToList();
        return problems.Count == 0 ? addresses : throw new HostConfigurationException(problems) { IsOption = true };
    }

    public static bool IsBeyondLoopback(string url) => !AllowedHosts.IsLoopback(BindingAddress.Parse(url).Host);

    private static string? Problem(string url, bool hasKeys, bool behindProxy)
    {
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            return $"--urls: expected an address such as http://127.0.0.1:7071, got '{url}'.";
        }

        if (address.Scheme != "http" || address.PathBase.Length > 0) return $"--urls: expected http and no path, got '{url}'.";
        if (!IsBeyondLoopback(url)) return null;
        if (!hasKeys) return $"--urls: '{url}' would serve other machines, and the server has no keys. Make one first: rollout keys add NAME --role admin. Without keys it listens on 127.0.0.1, [::1] or localhost only.";
        return behindProxy ? null
            : $"--urls: '{url}' would carry keys over the network in plain http. Put a proxy that ends TLS in front and say so with --behind-proxy, or listen on 127.0.0.1 and tunnel (ssh -L 7071:127.0.0.1:7071 HOST).";
    }
}
