using System.Net;
using Microsoft.AspNetCore.Http;

namespace RolloutWorkflows.Host;

/// <summary>
/// Keeps other machines and other sites out while the server has no keys: the connection, the <c>Host</c> header and
/// the <c>Origin</c> must all be this machine, and what changes something must be JSON, which no plain form can send.
/// </summary>
internal sealed class LoopbackGuard(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        var request = http.Request;
        if (http.Connection.RemoteIpAddress is { } remote && !IPAddress.IsLoopback(remote))
            throw Problems.Forbidden($"The connection comes from {remote}; expected this machine.", "Use the server from the machine it runs on, or through a tunnel.");

        // A name that an attacker's DNS points at 127.0.0.1 would otherwise reach the server from a browser.
        if (!IsLoopbackName(request.Host.Host))
            throw Problems.Forbidden($"The Host header is '{request.Host}'; expected localhost or a loopback address.", "Address the server as http://127.0.0.1:PORT.");

        if (IsFromAnotherSite(request))
            throw Problems.Forbidden("The request comes from a page of another site.", "Send requests from programs on this machine, not from a web page.");

        if ((HttpMethods.IsPost(request.Method) || HttpMethods.IsPut(request.Method)) && !request.HasJsonContentType())
            throw Problems.Of(StatusCodes.Status415UnsupportedMediaType, "not-json", "The body must be JSON", $"The content type is '{request.ContentType}'; expected application/json.", "Send the header Content-Type: application/json.");

        return next(http);
    }

    /// <summary>True for <c>localhost</c> and for loopback addresses, bracketed or not.</summary>
    public static bool IsLoopbackName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ||
        (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static bool IsFromAnotherSite(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site") return true;
        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0 && !origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }
}
