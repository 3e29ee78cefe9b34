using Microsoft.AspNetCore.Http;
using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary><c>GET /flags/{flag}</c>: a flag and its last changes.</summary>
[Operation("A flag and its last changes.", Gives = typeof(FlagDetails), Query = ["top"])]
internal sealed class GetFlag(IFlagStore flags) : HttpTrigger
{
    public override string Method => HttpMethods.Get;

    public override string Route => "flags/{flag}";

    public override Permission Needs => Permission.Read;

    public override async Task RunAsync(HttpContext http)
    {
        var name = RouteValue(http, "flag");
        var limit = Query.Number(http.Request, "top", standard: 20, minimum: 1, maximum: 1000);
        var flag = await flags.FindAsync(name, http.RequestAborted) ?? throw Problems.FlagNotFound(name);
        await AnswerAsync(http, new FlagDetails { Flag = flag, Audit = await flags.AuditAsync(name, limit, cancellation: http.RequestAborted) });
    }
}
