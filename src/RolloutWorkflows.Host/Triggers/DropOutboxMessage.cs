using Microsoft.AspNetCore.Http;

namespace RolloutWorkflows.Host;

/// <summary><c>POST /api/outbox/{id}/drop</c>: gives a message up, with a reason.</summary>
[Operation("Gives a message up, with a reason.", Takes = typeof(OutboxRequest), Gives = typeof(OutboxItem))]
internal sealed class DropOutboxMessage(OutboxChanges changes) : HttpTrigger
{
    public override string Method => HttpMethods.Post;

    public override string Route => "api/outbox/{id}/drop";

    public override Permission Needs => Permission.Operate;

    public override async Task RunAsync(HttpContext http) =>
        await AnswerAsync(http, await changes.DropAsync(RouteValue(http, "id"), await JsonBody.ReadAsync<OutboxRequest>(http.Request), CallerOf(http)));
}
