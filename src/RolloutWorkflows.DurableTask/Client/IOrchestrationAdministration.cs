using RolloutWorkflows.DurableTask.History;
using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Client;

/// <summary>What operators need beyond the portable client. Safe for use by many threads at once.</summary>
public interface IOrchestrationAdministration
{
    /// <summary>Lets a parked instance go on, by replay with the code that runs now. It parks again if the cause is still there.</summary>
    /// <returns>Whether the instance was parked.</returns>
    Task<bool> UnparkAsync(string instanceId, CancellationToken cancellation = default);

    /// <summary>Lists parked instances, oldest first.</summary>
    AsyncPageable<OrchestrationMetadata> GetParkedInstancesAsync(int pageSize = OrchestrationQuery.DefaultPageSize);

    /// <summary>The recorded history of an instance's present execution; empty for an unknown instance.</summary>
    Task<IReadOnlyList<HistoryEvent>> GetHistoryAsync(string instanceId, CancellationToken cancellation = default);

    /// <summary>Messages that could not be delivered, newest first.</summary>
    Task<IReadOnlyList<DeadLetter>> GetDeadLettersAsync(int limit = 100, CancellationToken cancellation = default);
}
