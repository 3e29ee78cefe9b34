using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>The sources of <see cref="MetricSourceOptions"/>, and the built-in one over past runs.</summary>
internal sealed class MetricSources : IMetricSources
{
    private readonly SortedDictionary<string, IMetricSource> _sources = new(StringComparer.Ordinal);

    private readonly RolloutMetricSource _rollouts;

    public MetricSources(MetricSourceOptions options, SourceHttp http, TimeProvider time, RolloutMetricSource rollouts)
    {
        _rollouts = rollouts;
        foreach (var (name, source) in options.Json) _sources.Add(name, new JsonHttpMetricSource(source, http));
        foreach (var (name, source) in options.Prometheus) _sources.Add(name, new PrometheusSource(new PrometheusApi(source, http), time));
    }

    public IReadOnlyList<string> Names => [.. _sources.Keys];

    public IMetricSource? Find(string name) => name == RolloutMetrics.Source ? _rollouts : _sources.GetValueOrDefault(name);
}
