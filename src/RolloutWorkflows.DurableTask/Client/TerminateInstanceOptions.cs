namespace RolloutWorkflows.DurableTask.Client;

/// <summary>How an instance is terminated.</summary>
/// <param name="Output">Becomes its output.</param>
/// <param name="Recursive">Whether its running sub-orchestrations, and theirs, are terminated too.</param>
public record TerminateInstanceOptions(object? Output = null, bool Recursive = false);
