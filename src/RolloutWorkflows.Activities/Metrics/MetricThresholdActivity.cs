using System.Globalization;
using Microsoft.Extensions.Logging;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>Carries out <c>metric/threshold</c> by the same rules as guardrails: what those call no data or inconclusive is no answer.</summary>
internal sealed class MetricThresholdActivity(MetricReader metrics, TimeProvider time, ILogger<MetricThresholdActivity> logger)
    : StepActivity<MetricThresholdStep>(time, logger)
{
    protected override async Task<StepResult> ExecuteAsync(StepCall<MetricThresholdStep> call, CancellationToken cancellation)
    {
        var step = call.Step;
        if (step.SuccessCondition is null && step.FailureCondition is null)
            return Errored("metric/threshold needs with.successCondition or with.failureCondition: without one there is nothing to compare with.");

        var reading = (await metrics.ReadAsync([step.Metric], call.Request.Metrics, cancellation))[step.Metric];
        var rules = new Guardrail { Name = step.Metric, Metric = step.Metric, SuccessCondition = step.SuccessCondition, FailureCondition = step.FailureCondition, MinSampleSize = step.MinSampleSize };
        var judgement = GuardrailVerdict.Judge(rules, reading, baseline: null);
        var message = $"{step.Metric}: {judgement.Message}.";
        (string, object?)[] outputs = [("value", Writable(reading.Value)), ("samples", Writable(reading.Samples))];
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
