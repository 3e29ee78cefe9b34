using System.Net;
using System.Net.Sockets;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Tells where an address lies. The ranges are those of IANA's special-purpose registries for IPv4 and IPv6, and the
/// addresses at which clouds serve their metadata outside of the link-local range. Pure.
/// </summary>
internal static class AddressReach
{
    private static readonly IPAddress[] Metadata =
    [
        IPAddress.Parse("100.100.100.200"), // Alibaba Cloud
        IPAddress.Parse("168.63.129.16"), // Azure
        IPAddress.Parse("192.0.0.192"), // Oracle Cloud
        IPAddress.Parse("fd00:ec2::254"), // AWS
        IPAddress.Parse("fd20:ce::254"), // Google Cloud
    ];

    private static readonly IPNetwork[] Forbidden = Networks(
        "0.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4",
        "::/128", "fe80::/10", "ff00::/8",
        // Another address within: IPv4-compatible, NAT64, Teredo, 6to4.
        "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16");

    private static readonly IPNetwork[] Private = Networks(
        "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.168.0.0/16",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "fc00::/7", "fec0::/10", "2001:db8::/32");

    /// <summary>Where the address lies; one of IPv4 written as IPv6 counts as what it is.</summary>
    public static Reach Of(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily is not (AddressFamily.InterNetwork or AddressFamily.InterNetworkV6)) return Reach.Forbidden;
        if (address.Equals(IPAddress.IPv6Loopback)) return Reach.Private;
        // Zones are of this machine; the ranges are not.
        if (address.AddressFamily == AddressFamily.InterNetworkV6) address = new IPAddress(address.GetAddressBytes());
        if (Metadata.Contains(address) || Forbidden.Any(network => network.Contains(address))) return Reach.Forbidden;
        return Private.Any(network => network.Contains(address)) ? Reach.Private : Reach.Public;
    }

    private static IPNetwork[] Networks(params string[] texts) => [.. texts.Select(text => IPNetwork.Parse(text))];
}
