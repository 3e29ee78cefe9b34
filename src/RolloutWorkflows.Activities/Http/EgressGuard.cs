using System.Net;
using System.Net.Sockets;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Connects requests of playbooks. A name is looked up once, and exactly the address that was judged is connected to,
/// so that a name whose address changes in between gains nothing. Thread-safe.
/// </summary>
internal sealed class EgressGuard(EgressOptions options, OwnListeners own)
{
    /// <summary>On a request: true where its grant lets it reach private addresses.</summary>
    public static readonly HttpRequestOptionsKey<bool> AllowPrivate = new("rollout.allowPrivate");

    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var end = context.DnsEndPoint;
        var allowPrivate = context.InitialRequestMessage.Options.TryGetValue(AllowPrivate, out var allowed) && allowed;
        var found = IPAddress.TryParse(end.Host, out var literal) ? [literal] : await options.LookUp(end.Host, cancellation);
        var refusals = new List<string>();
        var addresses = found.Where(address => Accept(address, end.Port, allowPrivate, refusals)).ToArray();
        if (addresses.Length == 0) throw new EgressRefusedException(refusals.Count > 0 ? refusals[0] : $"{end.Host} has no address");

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, end.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool Accept(IPAddress address, int port, bool allowPrivate, List<string> refusals)
    {
        var why = AddressReach.Of(address) switch
        {
            Reach.Forbidden => $"its address {address} is never called: it is link-local, belongs to a cloud's metadata, or stands for no machine",
            _ when own.Contains(address, port) => $"its address {address}, port {port}, is this server itself",
            Reach.Private when !allowPrivate => $"its address {address} is private; where that is meant, grant it as {{ \"origin\": …, \"private\": true }}",
            _ => null,
        };
        if (why is not null) refusals.Add(why);
        return why is null;
    }
}
