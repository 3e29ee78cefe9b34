using RolloutWorkflows.Activities;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Simulation;

/// <summary>Every metric source of a simulated host: it answers what the trace says for now. Thread-safe.</summary>
internal sealed class TracedMetrics(IMetricTrace trace, TimeProvider time) : IMetricSources, IMetricSource
{
    public IReadOnlyList<string> Names => [];

    public IMetricSource Find(string name) => this;

    public Task<IReadOnlyDictionary<string, MetricReading>> ReadAsync(IReadOnlyDictionary<string, Metric> metrics, CancellationToken cancellation = default)
    {
        var now = time.GetUtcNow();
        return Task.FromResult<IReadOnlyDictionary<string, MetricReading>>(metrics.Keys.ToDictionary(metric => metric, metric => trace.Read(metric, now)));
    }

    public Task<string?> ProbeAsync(CancellationToken cancellation = default) => Task.FromResult<string?>(null);
}
