using System.Net;

namespace RolloutWorkflows.Activities;

/// <summary>How requests of playbooks leave this host. Register it as a singleton before the activities.</summary>
public sealed record EgressOptions
{
    /// <summary>Looks up a host's addresses; the system's way by default.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> LookUp { get; init; } = Dns.GetHostAddressesAsync;
}
