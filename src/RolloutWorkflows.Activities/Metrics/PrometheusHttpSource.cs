namespace RolloutWorkflows.Activities;

/// <summary>A server that speaks Prometheus' HTTP API. The address is the one below which <c>/api/v1/query</c> answers.</summary>
public sealed record PrometheusHttpSource : HttpSource;
