using Microsoft.AspNetCore.Http;

namespace RolloutWorkflows.Host;

/// <summary><c>POST /api/outbox/{id}/retry</c>: has a message tried at once that is parked or waits for its next try.</summary>
[Operation("Has a message tried at once that is parked or waits for its next try.", Takes = typeof(OutboxRequest), Gives = typeof(OutboxItem))]
internal sealed class RetryOutboxMessage(OutboxChanges changes) : HttpTrigger
{
    public override string Method => HttpMethods.Post;

    public override string Route => "api/outbox/{id}/retry";

    public override Permission Needs => Permission.Operate;

    public override async Task RunAsync(HttpContext http) =>
        await AnswerAsync(http, await changes.RetryAsync(RouteValue(http, "id"), await JsonBody.ReadAsync<OutboxRequest>(http.Request), CallerOf(http)));
}
