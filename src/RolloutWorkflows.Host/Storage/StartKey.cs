namespace RolloutWorkflows.Host;

/// <summary>What is known of a start that carried an idempotency key.</summary>
/// <param name="Digest">SHA-256 of the request.</param>
/// <param name="RunId">The run that it makes.</param>
internal sealed record StartKey(string Digest, string RunId);
