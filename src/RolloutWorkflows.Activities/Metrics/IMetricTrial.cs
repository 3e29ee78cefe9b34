using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>Measures one metric of a playbook as a guardrail would, without a run. Stores nothing. Thread-safe.</summary>
public interface IMetricTrial
{
    /// <summary>Measures, and judges by the conditions of each guardrail. What goes wrong is a reading with a reason.</summary>
    /// <param name="playbook">The playbook.</param>
    /// <param name="metric">One of its metrics.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<MetricTrialResult> MeasureAsync(Playbook playbook, string metric, CancellationToken cancellation = default);
}
