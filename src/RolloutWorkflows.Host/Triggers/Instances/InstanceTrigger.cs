using Microsoft.AspNetCore.Http;
using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host;

/// <summary>
/// Base of the durable management routes, which take and answer what those of Durable Functions do
/// (https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-http-api), for admins only. An instance
/// of a rollout can be looked at; what would change it is refused with the command that the run records and answers for.
/// </summary>
internal abstract class InstanceTrigger(DurableTaskClient client) : HttpTrigger
{
    public const string Base = "runtime/webhooks/durabletask";

    private static readonly HashSet<string> OfRollouts = [OrchestrationNames.Rollout, OrchestrationNames.Stage, OrchestrationNames.Soak, OrchestrationNames.Rollback, OrchestrationNames.Outbox];

    public sealed override Permission Needs => Permission.Admin;

    protected DurableTaskClient Client { get; } = client;

    public static bool IsOfRollout(string orchestrator) => OfRollouts.Contains(orchestrator);

    /// <exception cref="ProblemException">404: there is none.</exception>
    protected async Task<OrchestrationMetadata> RequireAsync(HttpContext http, bool payloads = false)
    {
        var id = RouteValue(http, "id");
        return await Client.GetInstanceAsync(id, payloads, http.RequestAborted)
            ?? throw Problems.Of(404, "instance-not-found", "There is no such instance", $"No orchestration instance has the id '{id}'.", $"GET /{Base}/instances lists them.");
    }

    /// <summary>The instance, where it is not a rollout's and has not ended.</summary>
    /// <param name="http">The request.</param>
    /// <param name="instead">The command to use for a rollout, with <c>RUN</c> for its id.</param>
    /// <exception cref="ProblemException">404: there is none. 409: it is a rollout's. 410: it has ended.</exception>
    protected async Task<OrchestrationMetadata> RequireChangeableAsync(HttpContext http, string instead)
    {
        var instance = await RequireAsync(http);
        RefuseRollout(instance, instead);
        return instance.IsCompleted
            ? throw Problems.Of(410, "instance-ended", "The instance has ended", $"{instance.InstanceId} is {instance.RuntimeStatus}.", "Nothing can be done with it but to purge it.")
            : instance;
    }

    /// <exception cref="ProblemException">409: the instance is a rollout's.</exception>
    protected static void RefuseRollout(OrchestrationMetadata instance, string instead)
    {
        if (!IsOfRollout(instance.Name)) return;
        var run = instance.InstanceId.Split(':')[0];
        throw Problems.Of(409, "rollout-instance", "The instance is a rollout's", $"{instance.InstanceId} belongs to the rollout {run}: what changes it must have an actor and a reason, and stand in its record.", instead.Replace("RUN", run, StringComparison.Ordinal));
    }

    protected static Task AcceptedAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status202Accepted;
        http.Response.ContentLength = 0;
        return Task.CompletedTask;
    }
}
