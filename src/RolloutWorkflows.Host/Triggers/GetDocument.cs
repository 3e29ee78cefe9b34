using Microsoft.AspNetCore.Http;
using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary><c>GET /api/rollouts/{id}/documents/{name}</c>: a document's bytes, as a download that no browser shows as a page.</summary>
[Operation("A document's bytes, as a download.", Query = ["version"])]
internal sealed class GetDocument(IRunDocuments documents, RunReader reader) : HttpTrigger
{
    public override string Method => HttpMethods.Get;

    public override string Route => "api/rollouts/{id}/documents/{name}";

    public override Permission Needs => Permission.Read;

    public override async Task RunAsync(HttpContext http)
    {
        var (runId, name) = ((await reader.RequireAsync(RouteValue(http, "id"), http.RequestAborted)).InstanceId, RouteValue(http, "name"));
        int? asked = Query.Text(http.Request, "version") is null ? null : Query.Number(http.Request, "version", 1, 1, int.MaxValue);
        var found = (await documents.ListAsync(runId, http.RequestAborted)).LastOrDefault(document => document.Name == name && (asked is null || document.Version == asked));
        if (found is null || await documents.ReadAsync(runId, name, found.Version, http.RequestAborted) is not { } content) throw DocumentProblems.NotFound(runId, name, asked);
        var headers = http.Response.Headers;
        // Whatever it says it is: a browser keeps it and neither shows it nor runs anything in it.
        headers.ContentType = Bytes;
        headers.ContentDisposition = FormattableString.Invariant($"attachment; filename=\"{name}-{found.Version}\"");
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers.ETag = $"\"{found.Digest}\"";
        http.Response.ContentLength = content.Length;
        await http.Response.Body.WriteAsync(content, http.RequestAborted);
    }
}
