using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Simulation;

/// <summary>What metrics were, or are taken to be, at any moment. Pure, so that a simulated run may look ahead; thread-safe.</summary>
internal interface IMetricTrace
{
    /// <summary>What a source would have answered at that moment.</summary>
    MetricReading Read(string metric, DateTimeOffset at);
}
