using Microsoft.AspNetCore.Http;
using RolloutWorkflows.DurableTask.Client;

namespace RolloutWorkflows.Host;

/// <summary><c>POST …/instances/{id}/raiseEvent/{event}</c>: raises an event to an instance that is no rollout's.</summary>
[Operation("Raises an event to an instance that is no rollout's.", Takes = typeof(System.Text.Json.Nodes.JsonNode), Status = 202)]
internal sealed class RaiseInstanceEvent(DurableTaskClient client) : InstanceTrigger(client)
{
    public override string Method => HttpMethods.Post;

    public override string Route => $"{Base}/instances/{{id}}/raiseEvent/{{event}}";

    public override async Task RunAsync(HttpContext http)
    {
        var instance = await RequireChangeableAsync(http, "POST /api/rollouts/RUN/commands/{command}, or `rollout approve|hold|rollback|… RUN`.");
        await Client.RaiseEventAsync(instance.InstanceId, RouteValue(http, "event"), await JsonBody.ReadAsync<System.Text.Json.Nodes.JsonNode>(http.Request), http.RequestAborted);
        await AcceptedAsync(http);
    }
}
