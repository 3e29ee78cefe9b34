namespace RolloutWorkflows.Host;

/// <summary>A channel that does not show a run as it is now.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Lane">The channel.</param>
/// <param name="Problem">Why not.</param>
/// <param name="ShownAt">When it last did; null: never.</param>
/// <param name="NextTry">When it is tried again.</param>
public sealed record OutboxTrouble(string RunId, string Lane, string Problem, DateTimeOffset? ShownAt, DateTimeOffset? NextTry);
