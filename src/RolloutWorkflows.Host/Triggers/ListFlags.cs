using Microsoft.AspNetCore.Http;
using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary><c>GET /flags</c>: all flags, by name.</summary>
[Operation("All flags, by name.", Gives = typeof(IReadOnlyList<FlagState>))]
internal sealed class ListFlags(IFlagStore flags) : HttpTrigger
{
    public override string Method => HttpMethods.Get;

    public override string Route => "flags";

    public override Permission Needs => Permission.Read;

    public override async Task RunAsync(HttpContext http) => await AnswerAsync(http, await flags.ListAsync(http.RequestAborted));
}
