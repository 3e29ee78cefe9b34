using Microsoft.AspNetCore.Http;
using RolloutWorkflows.DurableTask.Client;

namespace RolloutWorkflows.Host;

/// <summary><c>POST …/instances/{id}/terminate</c>: ends an instance that is no rollout's.</summary>
[Operation("Ends an instance that is no rollout's.", Status = 202, Query = ["reason"])]
internal sealed class TerminateInstance(DurableTaskClient client) : InstanceTrigger(client)
{
    public override string Method => HttpMethods.Post;

    public override string Route => $"{Base}/instances/{{id}}/terminate";

    public override async Task RunAsync(HttpContext http)
    {
        var instance = await RequireChangeableAsync(http, "`rollout abort RUN --reason …` ends it where it stands; `rollout rollback RUN --reason …` takes back what it did.");
        await Client.TerminateInstanceAsync(instance.InstanceId, (object?)Query.Text(http.Request, "reason"), http.RequestAborted);
        await AcceptedAsync(http);
    }
}
