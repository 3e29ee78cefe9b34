using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>Reads several of a playbook's metrics at once: all sources at the same time, each asked once.</summary>
internal sealed class MetricReader(IMetricSources sources)
{
    /// <summary>One reading per name asked for. What goes wrong is a reading with a reason.</summary>
    public async Task<IReadOnlyDictionary<string, MetricReading>> ReadAsync(IEnumerable<string> names, IReadOnlyDictionary<string, Metric> metrics, CancellationToken cancellation)
    {
        var readings = new Dictionary<string, MetricReading>();
        var known = new Dictionary<string, Metric>();
        foreach (var name in names.Distinct())
        {
            if (metrics.TryGetValue(name, out var metric)) known.Add(name, metric);
            else readings.Add(name, MetricReading.Error($"the playbook has no metric '{name}'"));
        }

        var answers = await Task.WhenAll(known.GroupBy(metric => metric.Value.Source).Select(wanted => ReadSourceAsync(wanted.Key, wanted.ToDictionary(), cancellation)));
        foreach (var (name, reading) in answers.SelectMany(answer => answer)) readings.Add(name, reading);
        return readings;
    }

    private async Task<IReadOnlyDictionary<string, MetricReading>> ReadSourceAsync(string name, Dictionary<string, Metric> wanted, CancellationToken cancellation)
    {
        if (sources.Find(name) is not { } source)
        {
            var known = sources.Names.Count == 0 ? "none is" : string.Join(", ", sources.Names);
            return wanted.ToDictionary(metric => metric.Key, _ => MetricReading.Error($"the host's configuration has no metric source '{name}'; known: {known}"));
        }

        var readings = await source.ReadAsync(wanted, cancellation);
        return readings.ToDictionary(reading => reading.Key, reading => reading.Value.Reason.Length == 0 ? reading.Value : reading.Value with { Reason = $"source {name}: {reading.Value.Reason}" });
    }
}
