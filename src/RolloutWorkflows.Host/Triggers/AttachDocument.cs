using Microsoft.AspNetCore.Http;
using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary><c>PUT /api/rollouts/{id}/documents/{name}</c>: attaches a document to a run; the body is the document, of whatever media type.</summary>
[Operation("Attaches a document to a run.", Gives = typeof(AttachDocumentAnswer), Status = 201, Query = ["reason"])]
internal sealed class AttachDocument(DocumentIntake intake) : HttpTrigger
{
    public override string Method => HttpMethods.Put;

    public override string Route => "api/rollouts/{id}/documents/{name}";

    public override Permission Needs => Permission.Operate;

    public override string MediaType => Bytes;

    public override async Task RunAsync(HttpContext http)
    {
        var (runId, name) = (RouteValue(http, "id"), RouteValue(http, "name"));
        var content = await BodyBytes.ReadAsync(http.Request, NewDocument.MaximumBytes, () => DocumentProblems.TooLarge(name));
        var reason = WrittenText.Reason(Query.Text(http.Request, "reason"));
        var (document, recorded) = await intake.AttachAsync(runId, name, http.Request.ContentType, content, reason, CallerOf(http), http.RequestAborted);
        http.Response.Headers.Location = FormattableString.Invariant($"/api/rollouts/{runId}/documents/{name}?version={document.Version}");
        await AnswerAsync(http, new AttachDocumentAnswer { RunId = runId, Document = document, Recorded = recorded }, recorded ? StatusCodes.Status201Created : StatusCodes.Status202Accepted);
    }
}
