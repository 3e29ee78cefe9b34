namespace RolloutWorkflows.DurableTask.Storage;

/// <summary>What changes when an instance continues as new.</summary>
/// <param name="ExecutionId">The new execution.</param>
/// <param name="Version">Its version.</param>
/// <param name="Input">Its input.</param>
public sealed record NewExecution(string ExecutionId, string Version, string? Input);
