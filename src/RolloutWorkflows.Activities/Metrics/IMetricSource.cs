using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>A place where numbers are measured. Thread-safe.</summary>
public interface IMetricSource
{
    /// <summary>
    /// Reads some metrics as they stand now, in as few requests as the source allows. One reading per metric, by the
    /// same names. What goes wrong is a reading with a reason, never an exception, unless cancelled.
    /// </summary>
    Task<IReadOnlyDictionary<string, MetricReading>> ReadAsync(IReadOnlyDictionary<string, Metric> metrics, CancellationToken cancellation = default);

    /// <summary>Asks the source for as little as possible, to see whether it answers and takes the credentials: null, or what is wrong in one sentence.</summary>
    Task<string?> ProbeAsync(CancellationToken cancellation = default);
}
