using System.Net;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace RolloutWorkflows.Host;

/// <summary>
/// The listener for counterparts alone, so that nothing else of the server needs to be reachable from outside: on it every
/// path but <c>/webhooks/…</c> is no route.
/// </summary>
internal sealed class WebhookListener(RequestDelegate next)
{
    /// <summary>Marks the connections that came in by it.</summary>
    private static readonly object Mark = new();

    public Task InvokeAsync(HttpContext http)
    {
        var isItsOwn = http.Features.Get<IConnectionItemsFeature>()?.Items.ContainsKey(Mark) == true;
        if (!isItsOwn || http.Request.Path.StartsWithSegments("/webhooks")) return next(http);
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    /// <summary>Listens on the server's own addresses, and on those for webhooks alone.</summary>
    public static void Listen(KestrelServerOptions kestrel, IEnumerable<string> addresses, IEnumerable<string> webhooks)
    {
        foreach (var url in addresses) Listen(kestrel, url, _ => { });
        foreach (var url in webhooks) Listen(kestrel, url, options => options.Use(connect => connection =>
        {
            connection.Items[Mark] = true;
            return connect(connection);
        }));
    }

    private static void Listen(KestrelServerOptions kestrel, string url, Action<ListenOptions> configure)
    {
        var address = BindingAddress.Parse(url);
        if (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip)) kestrel.Listen(ip, address.Port, configure);
        else if (address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)) kestrel.ListenLocalhost(address.Port, configure);
        else kestrel.ListenAnyIP(address.Port, configure);
    }
}
