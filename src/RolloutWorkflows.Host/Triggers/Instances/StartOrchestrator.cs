using Microsoft.AspNetCore.Http;
using RolloutWorkflows.DurableTask.Client;

namespace RolloutWorkflows.Host;

/// <summary><c>POST …/orchestrators/{name}</c>: refused. Only orchestrators that are meant to be started over HTTP may be, and a rollout has a start of its own, which checks it first.</summary>
[Operation("Refused: a rollout has a start of its own.")]
internal sealed class StartOrchestrator(DurableTaskClient client) : InstanceTrigger(client)
{
    public override string Method => HttpMethods.Post;

    public override string Route => $"{Base}/orchestrators/{{name}}/{{instance?}}";

    public override Task RunAsync(HttpContext http)
    {
        var name = RouteValue(http, "name");
        throw IsOfRollout(name)
            ? Problems.Of(409, "rollout-instance", "Rollouts have a start of their own", $"{name} is not started here: a rollout is checked before it starts, and its starter is known.", "POST /api/rollouts, or `rollout start PLAYBOOK`.")
            : Problems.BadRequest($"'{name}' is no orchestrator that can be started over HTTP.", "POST /api/rollouts starts a rollout.");
    }
}
