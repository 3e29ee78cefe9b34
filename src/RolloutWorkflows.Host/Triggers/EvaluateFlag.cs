using Microsoft.AspNetCore.Http;
using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary><c>GET /flags/{flag}/evaluate?user=ID</c>: whether a user has a flag, and why.</summary>
[Operation("Whether a user has a flag, and why.", Gives = typeof(FlagExplanation), Query = ["user"])]
internal sealed class EvaluateFlag(IFlagStore flags) : HttpTrigger
{
    public override string Method => HttpMethods.Get;

    public override string Route => "flags/{flag}/evaluate";

    public override Permission Needs => Permission.Read;

    public override async Task RunAsync(HttpContext http)
    {
        var name = RouteValue(http, "flag");
        var user = Query.Text(http.Request, "user") ?? throw Problems.BadRequest("?user= is missing.", "Say for whom: /flags/NAME/evaluate?user=ID.");
        var flag = await flags.FindAsync(name, http.RequestAborted) ?? throw Problems.FlagNotFound(name);
        await AnswerAsync(http, FlagEvaluator.Explain(flag, user));
    }
}
