using Microsoft.AspNetCore.Http;

namespace RolloutWorkflows.Host;

/// <summary><c>POST /api/rollouts</c>: starts a run; with an <c>Idempotency-Key</c> once, however often it is sent.</summary>
[Operation("Starts a run; with an Idempotency-Key once, however often it is sent.", Takes = typeof(StartRolloutRequest), Gives = typeof(StartRolloutAnswer), Status = 201, Query = ["dryRun"], Headers = ["Idempotency-Key"])]
internal sealed class StartRollout(RolloutStarter starter, KeyedStarts keyed) : HttpTrigger
{
    /// <summary>Documents may come with it.</summary>
    private const int MaximumBytes = 8 * JsonBody.MaximumBytes;

    public override string Method => HttpMethods.Post;

    public override string Route => "api/rollouts";

    public override Permission Needs => Permission.Operate;

    public override async Task RunAsync(HttpContext http)
    {
        var request = await JsonBody.ReadAsync<StartRolloutRequest>(http.Request, MaximumBytes);
        if (Query.Flag(http.Request, "dryRun"))
        {
            await AnswerAsync(http, await starter.PreviewAsync(request, CallerOf(http)));
            return;
        }

        var answer = http.Request.Headers.TryGetValue("Idempotency-Key", out var key)
            ? await keyed.StartAsync(key.ToString(), request, CallerOf(http), http.RequestAborted)
            : await starter.StartAsync(request, CallerOf(http), nameRun: null, http.RequestAborted);
        http.Response.Headers.Location = $"/api/rollouts/{answer.RunId}";
        await AnswerAsync(http, answer, StatusCodes.Status201Created);
    }
}
