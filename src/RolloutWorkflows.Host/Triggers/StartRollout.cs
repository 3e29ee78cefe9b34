using Microsoft.AspNetCore.Http;

namespace RolloutWorkflows.Host;

/// <summary><c>POST /api/rollouts</c>: starts a run.</summary>
internal sealed class StartRollout(RolloutStarter starter) : HttpTrigger
{
    public override string Method => HttpMethods.Post;

    public override string Route => "api/rollouts";

    public override Permission Needs => Permission.Operate;

    public override async Task RunAsync(HttpContext http)
    {
        var request = await JsonBody.ReadAsync<StartRolloutRequest>(http.Request);
        if (Query.Flag(http.Request, "dryRun"))
        {
            await AnswerAsync(http, await starter.PreviewAsync(request, CallerOf(http)));
            return;
        }

        var answer = await starter.StartAsync(request, CallerOf(http), http.RequestAborted);
        http.Response.Headers.Location = $"/api/rollouts/{answer.RunId}";
        await AnswerAsync(http, answer, StatusCodes.Status201Created);
    }
}
