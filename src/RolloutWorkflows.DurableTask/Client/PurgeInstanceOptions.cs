namespace RolloutWorkflows.DurableTask.Client;

/// <summary>How instances are purged.</summary>
/// <param name="Recursive">Whether finished sub-orchestrations are purged too.</param>
public record PurgeInstanceOptions(bool Recursive = false);
