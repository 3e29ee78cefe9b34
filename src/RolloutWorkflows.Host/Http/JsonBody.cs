using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace RolloutWorkflows.Host;

/// <summary>Reads a request's JSON body, strictly: an unknown member is an error, since ignoring it would hide a typing mistake.</summary>
internal static class JsonBody
{
    public const int MaximumBytes = 1024 * 1024;

    /// <summary>What the server takes off the wire at most, so that whoever sends too much can still read why it was refused.</summary>
    public const int MaximumBytesRead = 64 * MaximumBytes;

    /// <exception cref="ProblemException">400: not JSON, or not what the route takes. 413: too large. A body with a key in it is refused unread, since bodies are recorded.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request, int maximum = MaximumBytes)
        where T : class
    {
        var bytes = await BodyBytes.ReadAsync(request, maximum, () => Problems.BodyTooLarge(maximum));
        if (KeyText.IsIn(Encoding.UTF8.GetString(bytes))) throw KeyProblems.InBody();
        try
        {
            return JsonSerializer.Deserialize<T>(bytes, ApiJson.Strict)
                ?? throw Problems.BadRequest("The body is null; expected a JSON object.", "Send {} at least.");
        }
        catch (JsonException error)
        {
            // The framework's message repeats the path and names .NET types; the place and the first sentence are what helps.
            var what = error.Message.Split(" Path: ")[0].Split(" LineNumber: ")[0];
            if (what.StartsWith("The JSON property '", StringComparison.Ordinal)) what = $"'{what.Split('\'')[1]}' is not a member of this request.";
            else if (what.StartsWith("The JSON value could not be converted", StringComparison.Ordinal)) what = $"the value is of the wrong kind; expected {Expected(what)}.";
            else if (what.StartsWith("The input does not contain any JSON", StringComparison.Ordinal)) what = "it is empty; expected a JSON object.";
            throw Problems.BadRequest(
                string.Create(System.Globalization.CultureInfo.InvariantCulture, $"The body, line {(error.LineNumber ?? 0) + 1}, at {error.Path ?? "$"}: {what}"),
                "docs/http-api.md shows each request's body.");
        }
    }

    /// <summary>The kind of value that the framework's message names by its .NET type.</summary>
    private static string Expected(string message) => message switch
    {
        _ when message.Contains("System.String.", StringComparison.Ordinal) => "a text",
        _ when message.Contains("System.Boolean", StringComparison.Ordinal) => "true or false",
        _ when message.Contains("System.Double", StringComparison.Ordinal) || message.Contains("System.Int", StringComparison.Ordinal) => "a number",
        _ when message.Contains("Collections.Generic.IReadOnlyList", StringComparison.Ordinal) => "a list",
        _ => "an object",
    };
}
