using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities;

[StepKind(
    "metric/capture",
    StepRole.Action,
    "Measures metrics over a span and keeps their mean as a baseline for guardrails and later checks.",
    """
    uses: metric/capture
    with:
      metrics: [p95]
      over: 1h
      as: before
    """)]
[StepOutput("values", "The mean of each metric.")]
internal sealed record MetricCaptureStep
{
    [WithKey(StepParameterType.MetricNameList, "The metrics to capture.")]
    public required IReadOnlyList<string> Metrics { get; init; }

    [WithKey("How long to measure: 60 times, but at most every 10 seconds. Half of the measurements must have a value. Without it one measurement is kept.")]
    public TimeSpan? Over { get; init; }

    [WithKey("The name under which guardrails refer to it: baseline: { capture: NAME }. A later capture of the same name replaces it.")]
    public required string As { get; init; }
}
