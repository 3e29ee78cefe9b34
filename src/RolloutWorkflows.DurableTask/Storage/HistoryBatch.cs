namespace RolloutWorkflows.DurableTask.Storage;

/// <summary>What one turn adds to the history of an execution.</summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="ExecutionId">The execution.</param>
/// <param name="Sequence">
/// Number of the turn, from 1. Sequence 0 holds what an execution inherits from the one that it continues.
/// </param>
/// <param name="EventCount">How many events the batch holds.</param>
/// <param name="Events">The serialised events.</param>
public sealed record HistoryBatch(string InstanceId, string ExecutionId, long Sequence, int EventCount, ReadOnlyMemory<byte> Events);
