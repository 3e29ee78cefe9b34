using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Execution;

/// <summary>Turns the client's filters into the store's queries.</summary>
internal static class InstanceQueries
{
    public static InstanceQuery Of(OrchestrationQuery filter) => new()
    {
        CreatedFrom = filter.CreatedFrom?.UtcDateTime,
        CreatedTo = filter.CreatedTo?.UtcDateTime,
        // No status named means no filter, as in Microsoft.DurableTask.
        Statuses = filter.Statuses is { } named && named.Any() ? [.. named] : null,
        InstanceIdPrefix = filter.InstanceIdPrefix,
        WithPayloads = filter.FetchInputsAndOutputs,
    };

    /// <summary>Ended instances only, whatever statuses are named.</summary>
    public static InstanceQuery Of(PurgeInstancesFilter filter)
    {
        IEnumerable<OrchestrationRuntimeStatus> ended =
            [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];
        return new()
        {
            CreatedFrom = filter.CreatedFrom?.UtcDateTime,
            CreatedTo = filter.CreatedTo?.UtcDateTime,
            Statuses = [.. filter.Statuses is { } named && named.Any() ? ended.Intersect(named) : ended],
        };
    }
}
