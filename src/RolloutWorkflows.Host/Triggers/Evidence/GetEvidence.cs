using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary>
/// <c>GET /api/rollouts/{id}/evidence/{number}</c>: one document, byte for byte as it was hashed; as Markdown or as the lines of
/// the record that it covers where <c>Accept</c> asks for them.
/// </summary>
[Operation("One document of a run's evidence: JSON, Markdown or the lines of the record, by Accept.", Headers = ["Accept"])]
internal sealed class GetEvidence(IEvidenceStore evidence) : HttpTrigger
{
    private const string Markdown = "text/markdown";

    private const string Lines = "application/jsonl";

    public override string Method => HttpMethods.Get;

    public override string Route => "api/rollouts/{id}/evidence/{number}";

    public override Permission Needs => Permission.Read;

    public override async Task RunAsync(HttpContext http)
    {
        var (runId, wanted) = (RouteValue(http, "id"), RouteValue(http, "number"));
        var document = int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? await evidence.FindAsync(runId, number, http.RequestAborted) : null;
        if (document is null) throw Problems.Of(404, "evidence-not-found", "There is no such document", $"The evidence of '{runId}' has no document '{wanted}'.", "GET /api/rollouts/{id}/evidence lists them (`rollout evidence list`).");
        var (type, content) = Chosen(http.Request) switch
        {
            Markdown => ($"{Markdown}; charset=utf-8", document.Markdown),
            Lines => (Lines, document.Record),
            _ => (Json, document.Json),
        };
        http.Response.ContentType = type;
        http.Response.Headers[HeaderNames.ETag] = $"\"{document.Sha256}\"";
        http.Response.Headers[HeaderNames.Vary] = HeaderNames.Accept;
        await http.Response.WriteAsync(content, http.RequestAborted);
    }

    /// <summary>The first of the kinds that <c>Accept</c> names, weighted as it says; JSON where it names none of them.</summary>
    private static string Chosen(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)
            ? accepted.OrderByDescending(one => one.Quality ?? 1).Select(one => one.MediaType.Value).FirstOrDefault(one => one is Json or Markdown or Lines) ?? Json
            : Json;
}
