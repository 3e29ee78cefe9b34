namespace RolloutWorkflows.DurableTask.Client;

/// <summary>Which finished instances to purge.</summary>
/// <param name="CreatedFrom">Created at this time or later.</param>
/// <param name="CreatedTo">Created at this time or earlier.</param>
/// <param name="Statuses">In one of these final statuses; by default in any final one.</param>
public record PurgeInstancesFilter(
    DateTimeOffset? CreatedFrom = null,
    DateTimeOffset? CreatedTo = null,
    IEnumerable<OrchestrationRuntimeStatus>? Statuses = null)
{
    /// <summary>Stops the purge after this time; the result then says that it is not complete.</summary>
    public TimeSpan? Timeout { get; init; }
}
