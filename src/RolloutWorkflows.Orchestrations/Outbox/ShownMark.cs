namespace RolloutWorkflows.Orchestrations;

/// <summary>A place in a run's record that a channel shows now.</summary>
/// <param name="MessageId">Under which it stands in the outbox.</param>
/// <param name="Awaited">Who waits for it.</param>
public sealed record ShownMark(string MessageId, AwaitedMark Awaited);
