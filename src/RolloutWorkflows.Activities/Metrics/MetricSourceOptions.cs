namespace RolloutWorkflows.Activities;

/// <summary>The metric sources of this host, by the names that playbooks use. Register it as a singleton before the activities.</summary>
public sealed record MetricSourceOptions
{
    /// <summary>Sources that answer with JSON.</summary>
    public IReadOnlyDictionary<string, JsonHttpSource> Json { get; init; } = new Dictionary<string, JsonHttpSource>();

    /// <summary>Sources that speak Prometheus' HTTP API.</summary>
    public IReadOnlyDictionary<string, PrometheusHttpSource> Prometheus { get; init; } = new Dictionary<string, PrometheusHttpSource>();
}
