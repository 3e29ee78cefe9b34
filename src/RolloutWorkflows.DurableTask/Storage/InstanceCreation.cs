using RolloutWorkflows.DurableTask.Client;

namespace RolloutWorkflows.DurableTask.Storage;

/// <summary>An instance to create.</summary>
public sealed record InstanceCreation
{
    /// <summary>The new row.</summary>
    public required InstanceRow Instance { get; init; }

    /// <summary>
    /// Statuses in which an existing instance of the id forbids the creation. In any other status it is removed with
    /// all its rows, and replaced.
    /// </summary>
    public required IReadOnlyList<OrchestrationRuntimeStatus> ForbiddenStatuses { get; init; }

    /// <summary>
    /// Stored instead of the instance when the creation is forbidden; <see langword="null"/> makes the whole unit be
    /// rejected (<see cref="CommitOutcome.Rejected"/>).
    /// </summary>
    public StoreMessage? ConflictMessage { get; init; }
}
