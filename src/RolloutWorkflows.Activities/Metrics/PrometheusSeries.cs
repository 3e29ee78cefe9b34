namespace RolloutWorkflows.Activities;

/// <summary>One series of an instant query's answer.</summary>
/// <param name="Labels">Its labels, the name among them.</param>
/// <param name="Value">Its value; may be NaN or infinite.</param>
/// <param name="At">The moment for which the server evaluated the query, on the server's clock.</param>
internal sealed record PrometheusSeries(IReadOnlyDictionary<string, string> Labels, double Value, DateTimeOffset At);
