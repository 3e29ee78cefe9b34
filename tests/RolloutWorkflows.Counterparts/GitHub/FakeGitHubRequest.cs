using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace RolloutWorkflows.Counterparts;

/// <summary>A request as it arrived.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Path">Its path without <c>/api/v3</c> or <c>/api</c>, still escaped.</param>
/// <param name="Query">Its query with the question mark, or nothing.</param>
/// <param name="Body">What was sent; null: nothing, or no JSON object.</param>
/// <param name="Headers">Its headers by name, whatever its case.</param>
/// <param name="Prefix">What stood before the path.</param>
public sealed record FakeGitHubRequest(string Method, string Path, string Query, JsonObject? Body, IReadOnlyDictionary<string, string> Headers, string Prefix)
{
    /// <summary>The value of a parameter; null: not stated.</summary>
    public string? Parameter(string name) => Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(Query).TryGetValue(name, out var values) ? values.ToString() : null;

    public override string ToString() => $"{Method} {Path}{Query}";

    internal static async Task<FakeGitHubRequest> ReadAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        var text = await reader.ReadToEndAsync();
        // The decoded path would take an escaped slash of a branch's name for one of the path.
        var whole = request.HttpContext.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget.Split('?')[0];
        var prefix = whole.StartsWith("/api/v3/", StringComparison.Ordinal) ? "/api/v3" : whole == "/api/graphql" ? "/api" : "";
        return new FakeGitHubRequest(
            request.Method,
            whole[prefix.Length..],
            request.QueryString.Value ?? "",
            Parse(text),
            request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            prefix);
    }

    private static JsonObject? Parse(string text)
    {
        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
