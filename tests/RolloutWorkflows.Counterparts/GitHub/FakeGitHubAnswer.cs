using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace RolloutWorkflows.Counterparts;

/// <summary>What is answered.</summary>
public sealed record FakeGitHubAnswer(int Status, JsonNode? Body, params (string Name, string Value)[] Headers)
{
    internal static FakeGitHubAnswer NotFound { get; } = Refused(404, "Not Found");

    internal static FakeGitHubAnswer Refused(int status, string message, params (string Name, string Value)[] headers) =>
        new(status, new JsonObject { ["message"] = message, ["documentation_url"] = "https://docs.github.com/rest" }, headers);

    internal static FakeGitHubAnswer Invalid(string resource, string field, string code) =>
        new(422, new JsonObject
        {
            ["message"] = "Validation Failed",
            ["errors"] = new JsonArray(new JsonObject { ["resource"] = resource, ["field"] = field, ["code"] = code }),
            ["documentation_url"] = "https://docs.github.com/rest",
        });

    internal async Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        foreach (var (name, value) in Headers) context.Response.Headers.Append(name, value);
        if (Body is null) return;
        var bytes = Encoding.UTF8.GetBytes(Body.ToJsonString());
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes);
    }

    internal static string Seconds(TimeSpan span) => ((int)Math.Ceiling(span.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
