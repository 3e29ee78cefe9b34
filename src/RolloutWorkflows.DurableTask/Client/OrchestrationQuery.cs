namespace RolloutWorkflows.DurableTask.Client;

/// <summary>Which instances to list, oldest first.</summary>
/// <param name="CreatedFrom">Created at this time or later.</param>
/// <param name="CreatedTo">Created at this time or earlier.</param>
/// <param name="Statuses">In one of these statuses; by default in any.</param>
/// <param name="TaskHubNames">Kept for compatibility; there is one hub.</param>
/// <param name="InstanceIdPrefix">Whose id begins so.</param>
/// <param name="PageSize">Entries per page.</param>
/// <param name="FetchInputsAndOutputs">Whether to read inputs, outputs and custom statuses too.</param>
/// <param name="ContinuationToken">Where to begin, from an earlier page.</param>
public record OrchestrationQuery(
    DateTimeOffset? CreatedFrom = null,
    DateTimeOffset? CreatedTo = null,
    IEnumerable<OrchestrationRuntimeStatus>? Statuses = null,
    IEnumerable<string>? TaskHubNames = null,
    string? InstanceIdPrefix = null,
    int PageSize = OrchestrationQuery.DefaultPageSize,
    bool FetchInputsAndOutputs = false,
    string? ContinuationToken = null)
{
    /// <summary>Entries per page unless told otherwise.</summary>
    public const int DefaultPageSize = 100;
}
