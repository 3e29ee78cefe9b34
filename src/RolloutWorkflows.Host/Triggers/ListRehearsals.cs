using Microsoft.AspNetCore.Http;

namespace RolloutWorkflows.Host;

/// <summary><c>GET /api/playbooks/{playbook}/rehearsals</c>: when the way back of its stages was last rehearsed.</summary>
[Operation("When the way back of a playbook's stages was last rehearsed, and how that came out.", Gives = typeof(IReadOnlyList<KnownRehearsal>))]
internal sealed class ListRehearsals(PlaybookCatalog catalog, SqliteRehearsals rehearsals) : HttpTrigger
{
    public override string Method => HttpMethods.Get;

    public override string Route => "api/playbooks/{playbook}/rehearsals";

    public override Permission Needs => Permission.Read;

    public override Task RunAsync(HttpContext http) => AnswerAsync(http, rehearsals.Of(catalog.Require(RouteValue(http, "playbook")).Playbook!.Name));
}
