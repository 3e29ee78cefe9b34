using System.Net;
using System.Net.NetworkInformation;

namespace RolloutWorkflows.Activities;

/// <summary>The ports at which this host itself listens: no playbook may call the server that runs it. Thread-safe.</summary>
public sealed class OwnListeners
{
    private volatile IReadOnlyList<int> _ports = [];

    /// <summary>States the ports; the host does so once it listens.</summary>
    public void Set(IEnumerable<int> ports) => _ports = [.. ports];

    internal bool Contains(IPAddress address, int port) => _ports.Contains(port) && (IPAddress.IsLoopback(address) || IsOfThisMachine(address));

    private static bool IsOfThisMachine(IPAddress address) => NetworkInterface.GetAllNetworkInterfaces()
        .SelectMany(network => network.GetIPProperties().UnicastAddresses)
        .Any(own => own.Address.Equals(address));
}
