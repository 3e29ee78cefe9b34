using System.Globalization;
using Microsoft.Extensions.Logging;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Carries out <c>metric/capture</c>: each call measures once and asks to be called again until the span is over. A
/// call that is delivered again finds its measurement and takes no other.
/// </summary>
internal sealed class MetricCaptureActivity(MetricReader metrics, CaptureStore captures, TimeProvider time, ILogger<MetricCaptureActivity> logger)
    : StepActivity<MetricCaptureStep>(time, logger)
{
    private const int Measurements = 60;

    private static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(10);

    protected override async Task<StepResult> ExecuteAsync(StepCall<MetricCaptureStep> call, CancellationToken cancellation)
    {
        var (step, request) = (call.Step, call.Request);
        var names = step.Metrics.Distinct(StringComparer.Ordinal).ToList();
        if (names.Count == 0) return Errored("metric/capture needs a metric in with.metrics.");
        var at = request.At ?? Time.GetUtcNow();
        var started = request.StartedAt ?? at;
        await MeasureAsync(step, request, names, at, cancellation);

        var left = started + (step.Over ?? TimeSpan.Zero) - at;
        return left > TimeSpan.Zero
            ? new StepResult { Verdict = StepVerdict.Waiting, Message = $"measuring for another {PlaybookDuration.Format(left)}", Again = Shorter(IntervalOf(step), left) }
            : await FinishAsync(step, request, names, started, at, cancellation);
    }

    private async Task MeasureAsync(MetricCaptureStep step, StepRequest request, List<string> names, DateTimeOffset at, CancellationToken cancellation)
    {
        if (await captures.IsMeasuredAsync(request, step.As, names[0], at, cancellation)) return;
        var readings = await metrics.ReadAsync(names, request.Metrics, cancellation);
        await captures.StoreSamplesAsync(request, step.As, readings, at, Time.GetUtcNow(), cancellation);
    }

    private async Task<StepResult> FinishAsync(MetricCaptureStep step, StepRequest request, List<string> names, DateTimeOffset started, DateTimeOffset at, CancellationToken cancellation)
    {
        var means = new Dictionary<string, double>();
        var count = 0;
        foreach (var name in names)
        {
            var samples = await captures.ReadSamplesAsync(request, step.As, name, started, cancellation);
            var values = samples.Select(sample => sample.Value).OfType<double>().Where(double.IsFinite).ToList();
            if (values.Count * 2 < samples.Count || values.Count == 0)
                return Errored($"{name} was not captured: only {values.Count} of {samples.Count} measurements had a value, half of them are needed. {samples.LastOrDefault(sample => sample.Value is null)?.Message}".TrimEnd());
            means.Add(name, values.Average());
            count = samples.Count;
        }

        await captures.StoreResultsAsync(request, step.As, means, at, Time.GetUtcNow(), cancellation);
        var said = string.Join(", ", means.Select(mean => string.Create(CultureInfo.InvariantCulture, $"{mean.Key} {mean.Value:0.######}")));
        return Passed($"Kept as '{step.As}', the mean of {count} {(count == 1 ? "measurement" : "measurements")}: {said}.", ("values", means));
    }

    private static TimeSpan IntervalOf(MetricCaptureStep step) => step.Over is { } over && over / Measurements > ShortestInterval ? over / Measurements : ShortestInterval;

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
