using System.Collections.Concurrent;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Simulation;

/// <summary>A trace into which faults write, from the moment on at which their stage opened. Thread-safe.</summary>
internal sealed class FaultyTrace(IMetricTrace trace, IReadOnlyList<SimulatedFault> faults) : IMetricTrace
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> openedAt = new(StringComparer.Ordinal);

    /// <summary>The stage opened; only the first time counts, so that a fault happens once.</summary>
    public void StageOpened(string stage, DateTimeOffset at) => openedAt.TryAdd(stage, at);

    public MetricReading Read(string metric, DateTimeOffset at)
    {
        foreach (var fault in faults)
        {
            if (fault.IsOfStep || fault.Subject != metric || !openedAt.TryGetValue(fault.Stage, out var opened)) continue;
            var from = opened + fault.After;
            if (at < from || (fault.Lasts is { } span && at >= from + span)) continue;
            // A fault of a figure says nothing of how many stand behind it: as many as the rules ask for.
            return fault.Value is { } value ? MetricReading.Of(value, HealthyMetrics.ManySamples) : MetricReading.NoData($"the simulated fault leaves {metric} without data");
        }

        return trace.Read(metric, at);
    }
}
