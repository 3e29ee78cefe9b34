using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace RolloutWorkflows.Host;

/// <summary>
/// Counts keys that were none of ours, by the address that they came from. Only failures are limited: whoever has a
/// valid key gets in even where a neighbour's misconfigured program fails all the time.
/// </summary>
internal sealed class FailedKeys : IDisposable
{
    public const int PerMinute = 10;

    private readonly PartitionedRateLimiter<HttpContext> limiter = PartitionedRateLimiter.Create<HttpContext, string>(http =>
        RateLimitPartition.GetFixedWindowLimiter(Origin(http.Connection.RemoteIpAddress), _ => new FixedWindowRateLimiterOptions { PermitLimit = PerMinute, Window = TimeSpan.FromMinutes(1) }));

    /// <summary>Notes one more failure.</summary>
    /// <returns>How long the address has to wait; null where it has not failed too often yet.</returns>
    public TimeSpan? Note(HttpContext http)
    {
        using var lease = limiter.AttemptAcquire(http);
        if (lease.IsAcquired) return null;
        return lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromMinutes(1);
    }

    public void Dispose() => limiter.Dispose();

    /// <summary>One household or host has a whole /64 of IPv6 addresses, so they count as one.</summary>
    private static string Origin(IPAddress? address)
    {
        if (address is null) return "unknown";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }
}
