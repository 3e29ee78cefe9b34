using Microsoft.AspNetCore.Http;
using RolloutWorkflows.DurableTask.Client;

namespace RolloutWorkflows.Host;

/// <summary>
/// <c>POST …/instances/{id}/resume</c>: lets an instance go on that was suspended, or that the engine parked because it
/// could not go on. A rollout's too: that decides nothing, and its run goes on where it stood.
/// </summary>
[Operation("Lets an instance go on that was suspended or set aside.", Status = 202, Query = ["reason"])]
internal sealed class ResumeInstance(DurableTaskClient client, IOrchestrationAdministration administration) : InstanceTrigger(client)
{
    public override string Method => HttpMethods.Post;

    public override string Route => $"{Base}/instances/{{id}}/resume";

    public override async Task RunAsync(HttpContext http)
    {
        var instance = await RequireAsync(http);
        if (instance.ParkedReason is not null) await administration.UnparkAsync(instance.InstanceId, http.RequestAborted);
        else if (instance.RuntimeStatus == OrchestrationRuntimeStatus.Suspended) await Client.ResumeInstanceAsync(instance.InstanceId, Query.Text(http.Request, "reason"), http.RequestAborted);
        else await ResumeRunningAsync(http);
        await AcceptedAsync(http);
    }

    private async Task ResumeRunningAsync(HttpContext http)
    {
        var instance = await RequireChangeableAsync(http, "It is neither parked nor suspended. `rollout resume RUN --reason …` lets a run go on that holds.");
        await Client.ResumeInstanceAsync(instance.InstanceId, Query.Text(http.Request, "reason"), http.RequestAborted);
    }
}
