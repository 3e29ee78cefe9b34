using Microsoft.AspNetCore.Http;
using RolloutWorkflows.DurableTask.Client;

namespace RolloutWorkflows.Host;

/// <summary><c>POST …/instances/{id}/rewind</c>: refused, since this engine sets no instance back.</summary>
[Operation("Refused: no instance is set back.")]
internal sealed class RewindInstance(DurableTaskClient client) : InstanceTrigger(client)
{
    public override string Method => HttpMethods.Post;

    public override string Route => $"{Base}/instances/{{id}}/rewind";

    public override async Task RunAsync(HttpContext http)
    {
        RefuseRollout(await RequireAsync(http), "`rollout retry RUN --reason …` tries again what failed; `rollout rollback RUN` takes it back.");
        throw Problems.Of(501, "rewind-unsupported", "Instances are not set back here", "This engine does not rewind a failed instance.", "Start another one.");
    }
}
