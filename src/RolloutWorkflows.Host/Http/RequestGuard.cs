using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace RolloutWorkflows.Host;

/// <summary>
/// What is checked before anything else about a request, whoever sends it: that it means this server, that no page of
/// another site sent it, that what changes something is JSON, which no plain form can send, or signed, and that no key stands in
/// its address. A server without keys hears this machine only.
/// </summary>
internal sealed class RequestGuard(RequestDelegate next, AllowedHosts hosts, KeyRing keys, HostSettings settings)
{
    public Task InvokeAsync(HttpContext http)
    {
        var request = http.Request;
        if (HasKeyInAddress(request))
        {
            // From here on nothing can repeat it, neither an answer nor a log.
            request.Path = "/";
            request.QueryString = QueryString.Empty;
            throw KeyProblems.InUrl();
        }

        if (!hosts.Allows(http))
            throw Problems.Forbidden($"The Host header is '{request.Host}', which is no name of this server.", "Address it as it listens, or name the host in extensions.rollout.allowedHosts of host.json.");
        RequireThisMachineWithoutKeys(http);
        if (IsFromAnotherSite(request))
            throw Problems.Forbidden("The request comes from a page of another site.", "Send requests from programs, not from a web page.");
        if (HasBody(request)) RequireMediaType(http);
        return next(http);
    }

    /// <summary>JSON, but for the few routes that take signed forms, and the one that takes documents.</summary>
    private static void RequireMediaType(HttpContext http)
    {
        var request = http.Request;
        var needs = http.GetEndpoint()?.Metadata.GetMetadata<RouteNeeds>();
        if (needs is { MediaType: HttpTrigger.Bytes } && HttpMethods.IsPut(request.Method)) return;
        if (needs is { TakesForms: true, Permission: Permission.Signed } && MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals(HttpTrigger.Form, StringComparison.OrdinalIgnoreCase)) return;
        if (needs is { MediaType: HttpTrigger.Form, Permission: Permission.Signed })
            throw Problems.Of(StatusCodes.Status415UnsupportedMediaType, "not-a-form", "The body must be a form", $"The content type is '{request.ContentType}'; expected {HttpTrigger.Form}.", $"Send the header Content-Type: {HttpTrigger.Form}.");
        if (!request.HasJsonContentType())
            throw Problems.Of(StatusCodes.Status415UnsupportedMediaType, "not-json", "The body must be JSON", $"The content type is '{request.ContentType}'; expected application/json.", "Send the header Content-Type: application/json.");
    }

    /// <summary>Without keys nobody is known, so neither another machine nor a proxy's name may lead here.</summary>
    private void RequireThisMachineWithoutKeys(HttpContext http)
    {
        if (keys.IsNeeded) return;
        if (http.Connection.RemoteIpAddress is { } remote && !IPAddress.IsLoopback(remote))
            throw Problems.Forbidden($"The connection comes from {remote}; without keys the server hears this machine only.", "Make a key where the server runs: rollout keys add NAME --role admin.");
        if (!AllowedHosts.IsLoopback(http.Request.Host.Host))
            throw Problems.Forbidden($"The Host header is '{http.Request.Host}'; without keys the server answers to localhost only.", "Address it as http://127.0.0.1:PORT, or make a key: rollout keys add NAME --role admin.");
    }

    private static bool HasKeyInAddress(HttpRequest request) =>
        KeyText.IsIn(request.Path.Value ?? "") || (request.QueryString.Value is { Length: > 0 } query && KeyText.IsIn(Uri.UnescapeDataString(query)));

    private static bool HasBody(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !HttpMethods.IsOptions(request.Method) && !HttpMethods.IsDelete(request.Method) &&
        // Clients of Durable Functions terminate and resume by a POST with nothing in it.
        (request.ContentLength is > 0 || request.Headers.TransferEncoding.Count > 0 || request.ContentType is not null);

    private bool IsFromAnotherSite(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site") return true;
        var origin = request.Headers.Origin.ToString();
        if (origin.Length == 0 || origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)) return false;
        // The proxy ends TLS, so the page is https where the request arrives as http.
        return !(settings.BehindProxy && origin.Equals($"https://{request.Host}", StringComparison.OrdinalIgnoreCase));
    }
}
