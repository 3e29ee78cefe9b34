using System.Net;
using Microsoft.AspNetCore.Http;

namespace RolloutWorkflows.Host;

/// <summary>
/// The <c>Host</c> headers that the server answers: its listen addresses, this machine's loopback names, and what its
/// configuration names. A name that an attacker's DNS points here is none of them.
/// </summary>
internal sealed class AllowedHosts(IEnumerable<string> listenAddresses, IReadOnlyList<string> configured)
{
    private readonly HashSet<string> names = new(
        listenAddresses.Select(url => BindingAddress.Parse(url).Host).Concat(configured).Select(Plain), StringComparer.OrdinalIgnoreCase);

    public bool Allows(HttpContext http)
    {
        var host = Plain(http.Request.Host.Host);
        if (IsLoopback(host)) return true;
        // Where it listens on every address, the one that was connected to is its own.
        return names.Contains(host) || (IPAddress.TryParse(host, out var address) && address.Equals(Unmapped(http.Connection.LocalIpAddress)));
    }

    /// <summary>True for <c>localhost</c> and for loopback addresses, bracketed or not.</summary>
    public static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(Plain(host), out var address) && IPAddress.IsLoopback(address));

    private static string Plain(string host) => host.Trim('[', ']');

    private static IPAddress? Unmapped(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
}
