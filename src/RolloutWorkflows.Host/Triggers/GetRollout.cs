using Microsoft.AspNetCore.Http;

namespace RolloutWorkflows.Host;

/// <summary><c>GET /api/rollouts/{id}</c>: a run with its soak and its record.</summary>
[Operation("A run with its soak and its record.", Gives = typeof(RolloutDetails), Query = ["after"])]
internal sealed class GetRollout(RunReader reader) : HttpTrigger
{
    public override string Method => HttpMethods.Get;

    public override string Route => "api/rollouts/{id}";

    public override Permission Needs => Permission.Read;

    public override async Task RunAsync(HttpContext http) =>
        await AnswerAsync(http, await reader.ReadAsync(RouteValue(http, "id"), Query.Position(http.Request, "after"), http.RequestAborted));
}
