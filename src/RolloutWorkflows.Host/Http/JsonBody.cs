using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace RolloutWorkflows.Host;

/// <summary>Reads a request's JSON body, strictly: an unknown member is an error, since ignoring it would hide a typing mistake.</summary>
internal static class JsonBody
{
    public const int MaximumBytes = 1024 * 1024;

    /// <exception cref="ProblemException">400: not JSON, or not what the route takes.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request)
        where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(request.Body, ApiJson.Strict, request.HttpContext.RequestAborted)
                ?? throw Problems.BadRequest("The body is null; expected a JSON object.", "Send {} at least.");
        }
        catch (JsonException error)
        {
            // The framework's message repeats the path and names .NET types; the place and the first sentence are what helps.
            var what = error.Message.Split(" Path: ")[0].Split(" LineNumber: ")[0];
            if (what.StartsWith("The JSON property '", StringComparison.Ordinal)) what = $"'{what.Split('\'')[1]}' is not a member of this request.";
            else if (what.StartsWith("The JSON value could not be converted", StringComparison.Ordinal)) what = "the value is of the wrong kind.";
            throw Problems.BadRequest(
                string.Create(System.Globalization.CultureInfo.InvariantCulture, $"The body, line {(error.LineNumber ?? 0) + 1}, at {error.Path ?? "$"}: {what}"),
                "docs/http-api.md shows each request's body.");
        }
    }
}
