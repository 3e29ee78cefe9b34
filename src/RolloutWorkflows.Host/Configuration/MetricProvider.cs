namespace RolloutWorkflows.Host;

/// <summary>What a metric source speaks.</summary>
public enum MetricProvider
{
    /// <summary>One JSON document, in which metrics are dotted paths.</summary>
    Json,

    /// <summary>Prometheus' HTTP API, in which metrics are PromQL queries.</summary>
    Prometheus,
}
