namespace RolloutWorkflows.Orchestrations;

/// <summary>A counter of a soak that is to be read, and what it read before.</summary>
/// <param name="Metric">The metric that counts.</param>
/// <param name="Before">The value read before; null: none to compare with.</param>
public sealed record DueCounter(string Metric, double? Before);
