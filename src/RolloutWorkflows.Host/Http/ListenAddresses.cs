using Microsoft.AspNetCore.Http;

namespace RolloutWorkflows.Host;

/// <summary>Checks where the server is to listen: this machine only, as long as callers are believed without keys.</summary>
internal static class ListenAddresses
{
    /// <exception cref="HostConfigurationException">An address is not one, or is not loopback.</exception>
    public static string[] Require(string urls)
    {
        var addresses = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var problems = addresses.Select(Problem).OfType<string>().ToList();
        if (addresses.Length == 0) problems.Add("--urls: expected an address such as http://127.0.0.1:7071, got nothing.");
        return problems.Count == 0 ? addresses : throw new HostConfigurationException(problems);
    }

    private static string? Problem(string url)
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
        return LoopbackGuard.IsLoopbackName(address.Host)
            ? null
            : $"--urls: '{url}' would serve other machines. Without keys every caller is believed, so this version listens on 127.0.0.1, [::1] or localhost only; reach it from elsewhere through a tunnel (ssh -L 7071:127.0.0.1:7071 HOST).";
    }
}
