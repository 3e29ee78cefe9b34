using Microsoft.AspNetCore.Http;

namespace RolloutWorkflows.Host;

/// <summary><c>GET /api/rollouts/{id}/rollback</c>: what a rollback would do now, with <c>surface=NAME</c> one of that surface alone. Nothing is told to the run.</summary>
[Operation("What a rollback would do now.", Gives = typeof(RollbackPreviewAnswer))]
internal sealed class PreviewRollback(RollbackPreviewer previewer) : HttpTrigger
{
    public override string Method => HttpMethods.Get;

    public override string Route => "api/rollouts/{id}/rollback";

    public override Permission Needs => Permission.Read;

    public override async Task RunAsync(HttpContext http) =>
        await AnswerAsync(http, await previewer.ReadAsync(RouteValue(http, "id"), http.RequestAborted, (string?)http.Request.Query["surface"]));
}
