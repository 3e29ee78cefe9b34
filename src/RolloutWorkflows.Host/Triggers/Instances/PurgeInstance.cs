using Microsoft.AspNetCore.Http;
using RolloutWorkflows.DurableTask.Client;

namespace RolloutWorkflows.Host;

/// <summary><c>DELETE …/instances/{id}</c>: removes what is kept of an ended instance that is no rollout's. Of a rollout nothing is removed: it is evidence.</summary>
[Operation("Removes what is kept of an ended instance that is no rollout's.", Gives = typeof(PurgeAnswer))]
internal sealed class PurgeInstance(DurableTaskClient client) : InstanceTrigger(client)
{
    public override string Method => HttpMethods.Delete;

    public override string Route => $"{Base}/instances/{{id}}";

    public override async Task RunAsync(HttpContext http)
    {
        var instance = await RequireAsync(http);
        RefuseRollout(instance, "What a rollout did is kept as evidence; nothing removes it over HTTP.");
        if (!instance.IsCompleted) throw Problems.Of(409, "instance-lives", "The instance has not ended", $"{instance.InstanceId} is {instance.RuntimeStatus}.", "Terminate it first.");
        var purged = await Client.PurgeInstanceAsync(instance.InstanceId, http.RequestAborted);
        await AnswerAsync(http, new PurgeAnswer { InstancesDeleted = purged.PurgedInstanceCount });
    }
}
