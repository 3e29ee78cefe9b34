using System.Text;
using System.Text.Json;

namespace RolloutWorkflows.Activities;

/// <summary>Makes requests from what a playbook's step states of them.</summary>
internal static class OutboundRequests
{
    /// <summary>A request with a body, sent as JSON where it is JSON, and headers of the request or of its body.</summary>
    public static HttpRequestMessage Of(string method, Uri url, string? body, SentHeaders headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), url);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, ParseJson(Encoding.UTF8.GetBytes(body)) is null ? "text/plain" : "application/json");
        foreach (var (name, value) in headers.Headers) TryAdd(request, name, value);
        return request;
    }

    /// <summary>What is wrong with headers as stated; null where they can be sent.</summary>
    /// <param name="headers">Name to value.</param>
    /// <param name="ownName">The header that the kind sets by itself; null: none.</param>
    public static string? ProblemOf(IReadOnlyDictionary<string, string> headers, string? ownName)
    {
        foreach (var (name, value) in headers)
        {
            if (name.Equals(ownName, StringComparison.OrdinalIgnoreCase)) return $"with.headers: {ownName} is set by itself; remove it.";
            if (value.Any(char.IsControl)) return $"with.headers: the value of '{name}' holds a line break or another control character.";
            using var trial = new HttpRequestMessage { Content = new ByteArrayContent([]) };
            if (!TryAdd(trial, name, value)) return $"with.headers: '{name}' is no header of a request.";
        }

        return null;
    }

    /// <summary>The JSON that the bytes are; null where they are none.</summary>
    public static JsonElement? ParseJson(byte[] text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool TryAdd(HttpRequestMessage request, string name, string value)
    {
        if (request.Headers.TryAddWithoutValidation(name, value)) return true;
        if (request.Content is null) return false;
        // Such as a content type: what is stated replaces what follows from the body.
        return request.Content.Headers.TryAddWithoutValidation(name, "") && request.Content.Headers.Remove(name) && request.Content.Headers.TryAddWithoutValidation(name, value);
    }
}
