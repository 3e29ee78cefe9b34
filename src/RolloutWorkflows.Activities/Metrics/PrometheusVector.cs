namespace RolloutWorkflows.Activities;

/// <summary>What an instant query came to.</summary>
/// <param name="Series">One per series; a scalar is one series without labels.</param>
/// <param name="Note">What the server said beside it; empty where it said nothing.</param>
internal sealed record PrometheusVector(IReadOnlyList<PrometheusSeries> Series, string Note);
