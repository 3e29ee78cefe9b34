using RolloutWorkflows.Playbooks;
using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities;

[StepKind(
    "metric/threshold",
    StepRole.Check,
    "Measures one of the playbook's metrics once and compares it with conditions.",
    """
    uses: metric/threshold
    with:
      metric: satisfaction
      successCondition: result >= 4.0
    """)]
[StepOutput("value", "The number that was measured; null where there was none.")]
[StepOutput("baseline", "The number that it was compared with; null where there was none.")]
[StepOutput("samples", "The number of samples behind it; null where the metric states none.")]
internal sealed record MetricThresholdStep
{
    [WithKey(StepParameterType.MetricName, "The metric to measure.")]
    public required string Metric { get; init; }

    [WithKey(StepParameterType.Condition, "Passed where it holds. At least one of the two conditions is needed.")]
    public string? SuccessCondition { get; init; }

    [WithKey(StepParameterType.Condition, "Failed where it holds, even if the other one holds too.")]
    public string? FailureCondition { get; init; }

    [WithKey("What 'baseline' means in the conditions: { capture: NAME } of a metric/capture, or { metric: NAME }. A missing one, or zero, is no answer.")]
    public Baseline? Baseline { get; init; }

    [WithKey("Fewer samples than this are no data, and the check cannot be answered. The metric must state its samples.", Minimum = 0)]
    public double? MinSampleSize { get; init; }
}
