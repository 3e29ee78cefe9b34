using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>Finds what a measurement is compared with: a metric read at the same time, or what the run captured before.</summary>
internal sealed class BaselineReader(CaptureStore captures)
{
    /// <summary>The baseline's reading; null where none is stated.</summary>
    /// <param name="runId">The run whose captures are meant.</param>
    /// <param name="baseline">What the playbook states.</param>
    /// <param name="metric">The metric that is compared: a capture is of the same one.</param>
    /// <param name="readings">What was read at the same time; holds the baseline's metric.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<MetricReading?> FindAsync(string runId, Baseline? baseline, string metric, IReadOnlyDictionary<string, MetricReading> readings, CancellationToken cancellation) => baseline switch
    {
        { Metric: { } other } => readings[other],
        { Capture: { } capture } => await captures.FindAsync(runId, capture, metric, cancellation),
        _ => null,
    };
}
