using System.Globalization;
using Microsoft.Extensions.Logging;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>Carries out <c>metric/threshold</c> by the same rules as guardrails: what those call no data or inconclusive is no answer.</summary>
internal sealed class MetricThresholdActivity(MetricReader metrics, BaselineReader baselines, TimeProvider time, ILogger<MetricThresholdActivity> logger)
    : StepActivity<MetricThresholdStep>(time, logger)
{
    protected override async Task<StepResult> ExecuteAsync(StepCall<MetricThresholdStep> call, CancellationToken cancellation)
    {
        var step = call.Step;
        if (step.SuccessCondition is null && step.FailureCondition is null)
            return Errored("metric/threshold needs with.successCondition or with.failureCondition: without one there is nothing to compare with.");

        string[] names = step.Baseline?.Metric is { } other ? [step.Metric, other] : [step.Metric];
        var readings = await metrics.ReadAsync(names, call.Request.Metrics, cancellation);
        var reading = readings[step.Metric];
        var baseline = await baselines.FindAsync(call.Request.RunId, step.Baseline, step.Metric, readings, cancellation);
        var rules = new Guardrail { Name = step.Metric, Metric = step.Metric, SuccessCondition = step.SuccessCondition, FailureCondition = step.FailureCondition, MinSampleSize = step.MinSampleSize, Baseline = step.Baseline };
        var judgement = GuardrailVerdict.Judge(rules, reading, baseline);
        var message = $"{step.Metric}: {judgement.Message}.";
        (string, object?)[] outputs = [("value", Writable(reading.Value)), ("samples", Writable(reading.Samples)), ("baseline", Writable(baseline?.Value))];
        return judgement.Verdict switch
        {
            MeasurementVerdict.Passed => Passed(message, outputs),
            MeasurementVerdict.Failed => Failed(message, outputs),
            _ => Errored(message, outputs),
        };
    }

    // JSON knows no NaN.
    private static object? Writable(double? number) => number is { } value && !double.IsFinite(value) ? value.ToString(CultureInfo.InvariantCulture) : number;
}
