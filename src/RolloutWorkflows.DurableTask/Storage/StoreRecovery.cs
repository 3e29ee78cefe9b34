namespace RolloutWorkflows.DurableTask.Storage;

/// <summary>What opening a store found.</summary>
/// <param name="BootEpoch">Raised by one at every opening; the first is 1.</param>
/// <param name="LastStopWasClean">Whether the last owner closed the store. A new store counts as clean.</param>
/// <param name="LastMessageSequence">Highest sequence of any message ever stored, or one at least as high; the engine numbers on from it.</param>
public sealed record StoreRecovery(long BootEpoch, bool LastStopWasClean, long LastMessageSequence);
