namespace RolloutWorkflows.DurableTask.Client;

/// <summary>Chooses what happens when an instance of the same id exists.</summary>
public static class StartOrchestrationOptionsExtensions
{
    /// <summary>Statuses that may be named to <see cref="WithDedupeStatuses"/>.</summary>
    public static IReadOnlyList<OrchestrationRuntimeStatus> ValidDedupeStatuses { get; } =
    [
        OrchestrationRuntimeStatus.Completed,
        OrchestrationRuntimeStatus.Failed,
        OrchestrationRuntimeStatus.Terminated,
        OrchestrationRuntimeStatus.Pending,
        OrchestrationRuntimeStatus.Running,
        OrchestrationRuntimeStatus.Suspended,
    ];

    /// <summary>Makes the start fail with <see cref="OrchestrationAlreadyExistsException"/> when an instance of the id exists in one of these statuses.</summary>
    public static StartOrchestrationOptions WithDedupeStatuses(
        this StartOrchestrationOptions options, params OrchestrationRuntimeStatus[] dedupeStatuses) =>
        options with { DedupeStatuses = [.. dedupeStatuses.Select(status => status.ToString())] };
}
