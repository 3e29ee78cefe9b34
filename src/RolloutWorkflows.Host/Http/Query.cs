using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace RolloutWorkflows.Host;

/// <summary>Reads query parameters, with a problem answer for those that do not fit.</summary>
internal static class Query
{
    public static string? Text(HttpRequest request, string name) => request.Query[name].FirstOrDefault() is { Length: > 0 } text ? text : null;

    public static int Number(HttpRequest request, string name, int standard, int minimum, int maximum)
    {
        if (Text(request, name) is not { } text) return standard;
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum ? number
            : throw Problems.BadRequest($"?{name}= is '{text}'; expected a whole number from {minimum} to {maximum}.", "docs/http-api.md shows each route's parameters.");
    }

    public static long Position(HttpRequest request, string name)
    {
        if (Text(request, name) is not { } text) return 0;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : throw Problems.BadRequest($"?{name}= is '{text}'; expected a position that an earlier answer gave.", "Leave it out to read from the beginning.");
    }

    public static bool Flag(HttpRequest request, string name, bool standard = false) => Text(request, name)?.ToLowerInvariant() switch
    {
        null => standard,
        "false" => false,
        "true" => true,
        var other => throw Problems.BadRequest($"?{name}= is '{other}'; expected true or false.", "docs/http-api.md shows each route's parameters."),
    };

    public static DateTimeOffset? Moment(HttpRequest request, string name)
    {
        if (Text(request, name) is not { } text) return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment
            : throw Problems.BadRequest($"?{name}= is '{text}'; expected a moment such as 2026-03-01T12:00:00Z.", "Encode a '+' as %2B.");
    }
}
