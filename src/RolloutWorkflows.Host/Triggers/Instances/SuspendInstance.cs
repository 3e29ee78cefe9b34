using Microsoft.AspNetCore.Http;
using RolloutWorkflows.DurableTask.Client;

namespace RolloutWorkflows.Host;

/// <summary><c>POST …/instances/{id}/suspend</c>: holds an instance that is no rollout's. A suspended run could neither be guarded nor rolled back.</summary>
[Operation("Holds an instance that is no rollout's.", Status = 202, Query = ["reason"])]
internal sealed class SuspendInstance(DurableTaskClient client) : InstanceTrigger(client)
{
    public override string Method => HttpMethods.Post;

    public override string Route => $"{Base}/instances/{{id}}/suspend";

    public override async Task RunAsync(HttpContext http)
    {
        var instance = await RequireChangeableAsync(http, "`rollout hold RUN --reason …`, which goes on guarding what the run changed.");
        await Client.SuspendInstanceAsync(instance.InstanceId, Query.Text(http.Request, "reason"), http.RequestAborted);
        await AcceptedAsync(http);
    }
}
