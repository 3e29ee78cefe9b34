using Microsoft.AspNetCore.Http;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host;

/// <summary><c>GET /api/rollouts/{id}/documents</c>: every version of every document of a run.</summary>
[Operation("The documents attached to a run, every version.", Gives = typeof(IReadOnlyList<RunDocument>))]
internal sealed class ListDocuments(IRunDocuments documents, RunReader reader) : HttpTrigger
{
    public override string Method => HttpMethods.Get;

    public override string Route => "api/rollouts/{id}/documents";

    public override Permission Needs => Permission.Read;

    public override async Task RunAsync(HttpContext http)
    {
        var run = await reader.RequireAsync(RouteValue(http, "id"), http.RequestAborted);
        await AnswerAsync(http, await documents.ListAsync(run.InstanceId, http.RequestAborted));
    }
}
