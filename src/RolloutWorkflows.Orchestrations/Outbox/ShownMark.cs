namespace RolloutWorkflows.Orchestrations;

/// <summary>A place in a run's record that a channel has shown, and the instance that waits for it.</summary>
public sealed record ShownMark(string MessageId, string InstanceId);
