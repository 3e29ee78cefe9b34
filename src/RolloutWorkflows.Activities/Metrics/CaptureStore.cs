using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>The captures of runs: rows among their measurements, under names that no guardrail has.</summary>
internal sealed class CaptureStore(IMeasurementStore measurements)
{
    /// <summary>The mean of one metric as last captured under a name by any stage of the run; no data where there is none.</summary>
    public async Task<MetricReading> FindAsync(string runId, string capture, string metric, CancellationToken cancellation)
    {
        var rows = await measurements.ReadAsync(new MeasurementQuery { RunId = runId, Guardrail = ResultName(capture, metric) }, cancellation);
        return rows.Count > 0 && rows[^1].Measurement.Value is { } mean
            ? MetricReading.Of(mean)
            : MetricReading.NoData($"{metric} was not captured as '{capture}'");
    }

    /// <summary>The measurements of one metric since a capture began.</summary>
    public async Task<IReadOnlyList<Measurement>> ReadSamplesAsync(StepRequest request, string capture, string metric, DateTimeOffset since, CancellationToken cancellation)
    {
        var rows = await measurements.ReadAsync(
            new MeasurementQuery { RunId = request.RunId, Stage = request.Stage, Attempt = request.Attempt, Guardrail = SampleName(capture, metric), After = since.AddTicks(-1) }, cancellation);
        return [.. rows.Select(row => row.Measurement)];
    }

    /// <summary>True where this point of the grid was measured before, by an earlier delivery.</summary>
    public async Task<bool> IsMeasuredAsync(StepRequest request, string capture, string metric, DateTimeOffset at, CancellationToken cancellation) =>
        (await measurements.FindAsync(request.RunId, request.Stage, request.Attempt, at, cancellation)).Any(row => row.Measurement.Guardrail == SampleName(capture, metric));

    public ValueTask StoreSamplesAsync(StepRequest request, string capture, IReadOnlyDictionary<string, MetricReading> readings, DateTimeOffset at, DateTimeOffset now, CancellationToken cancellation) =>
        measurements.StoreAsync([.. readings.Select(reading => Row(request, at, new Measurement
        {
            Guardrail = SampleName(capture, reading.Key),
            Verdict = reading.Value.Kind switch
            {
                MetricReadingKind.Value => MeasurementVerdict.Passed,
                MetricReadingKind.NoData => MeasurementVerdict.NoData,
                _ => MeasurementVerdict.Error,
            },
            Value = reading.Value.Value,
            Samples = reading.Value.Samples,
            Message = reading.Value.Kind == MetricReadingKind.Value ? $"measured for the capture '{capture}'" : reading.Value.Reason,
            MeasuredAt = now,
        }))], cancellation);

    public ValueTask StoreResultsAsync(StepRequest request, string capture, IReadOnlyDictionary<string, double> means, DateTimeOffset at, DateTimeOffset now, CancellationToken cancellation) =>
        measurements.StoreAsync([.. means.Select(mean => Row(request, at, new Measurement
        {
            Guardrail = ResultName(capture, mean.Key),
            Verdict = MeasurementVerdict.Passed,
            Value = mean.Value,
            Message = $"the mean that is kept as '{capture}'",
            MeasuredAt = now,
        }))], cancellation);

    /// <summary>Keeps the last capture of a metric for another run as well; nothing where there is none. Repeating it changes nothing.</summary>
    public async Task CopyAsync(string fromRun, string toRun, string capture, string metric, CancellationToken cancellation)
    {
        var rows = await measurements.ReadAsync(new MeasurementQuery { RunId = fromRun, Guardrail = ResultName(capture, metric) }, cancellation);
        if (rows.Count > 0) await measurements.StoreAsync([rows[^1] with { RunId = toRun }], cancellation);
    }

    private static MeasurementRow Row(StepRequest request, DateTimeOffset at, Measurement measurement) =>
        new() { RunId = request.RunId, Stage = request.Stage, Attempt = request.Attempt, GridTime = at, Measurement = measurement };

    private static string ResultName(string capture, string metric) => $"capture/{capture}/{metric}";

    private static string SampleName(string capture, string metric) => $"capture/{capture}/{metric}/sample";
}
