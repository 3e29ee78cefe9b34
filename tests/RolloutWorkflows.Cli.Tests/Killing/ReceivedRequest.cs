namespace RolloutWorkflows.Cli.Tests.Killing;

/// <summary>A request as the service under rollout received it.</summary>
/// <param name="Path">What was asked for.</param>
/// <param name="Key">Its idempotency key.</param>
/// <param name="HadEffect">False: it was lost, refused, or came before.</param>
internal sealed record ReceivedRequest(string Path, string Key, bool HadEffect);
