using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace RolloutWorkflows.Host;

/// <summary>Establishes who sends a request, and lets through only what its key opens. Stands after routing, before any trigger.</summary>
internal sealed class KeyGate(RequestDelegate next, KeyRing keys, FailedKeys failed)
{
    private const string Scheme = "Bearer ";

    public Task InvokeAsync(HttpContext http)
    {
        // What is no route has nothing to guard; a route that does not say what it needs opens to admins only.
        if (http.GetEndpoint() is not RouteEndpoint route) return next(http);
        var needs = route.Metadata.GetMetadata<RouteNeeds>()?.Permission ?? Permission.Admin;
        http.Features.Set(needs == Permission.Signed ? Signed() : keys.IsNeeded ? Identify(http, needs) : Local(needs));
        return next(http);
    }

    /// <summary>Who speaks is known by the signature alone, so a key beside it opens no more and a wrong one no less.</summary>
    private Caller Signed() => keys.IsNeeded ? Caller.Nobody : throw KeyProblems.NoKeysYet();

    private static Caller Local(Permission needs) => needs <= Permission.Read ? Caller.LocalReader : throw KeyProblems.NoKeysYet();

    private Caller Identify(HttpContext http, Permission needs)
    {
        if (Presented(http.Request) is not { } presented) return needs == Permission.None ? Caller.Nobody : throw KeyProblems.Missing();
        if (keys.Find(presented) is not { } key) throw failed.Note(http) is { } wait ? KeyProblems.TooManyFailures(wait) : KeyProblems.Unknown();
        if (!keys.IsValid(key)) throw KeyProblems.NotValid(key);
        var caller = Caller.With(key);
        return caller.May >= needs ? caller : throw KeyProblems.NotPermitted(caller, "this", needs == Permission.Admin ? KeyRole.Admin : KeyRole.Operator);
    }

    /// <summary>The key of a request; null where it has none.</summary>
    private static string? Presented(HttpRequest request)
    {
        var header = request.Headers.Authorization;
        if (header.Count == 0) return null;
        return header.Count == 1 && header[0] is { } value && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && value[Scheme.Length..].Trim() is { Length: > 0 } key
            ? key
            : throw KeyProblems.Malformed();
    }
}
