namespace RolloutWorkflows.Orchestrations;

/// <summary>A place in a run's record, and the instance that goes on once a channel shows everything up to there.</summary>
/// <param name="InstanceId">Who waits.</param>
/// <param name="Mark">Its own name for the place, which is told back to it.</param>
public sealed record AwaitedMark(string InstanceId, string Mark);
