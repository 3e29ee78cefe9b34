using System.Globalization;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Reads metrics by PromQL: a metric's value and samples are each an instant query that must come to one number. No
/// series is no data; several are an error, since taking one of them would be a guess.
/// </summary>
internal sealed class PrometheusSource(PrometheusApi api, TimeProvider time) : IMetricSource, IAlertSource
{
    private const int SeriesShown = 3;

    private static readonly TimeSpan TolerableAge = TimeSpan.FromMinutes(5);

    public async Task<IReadOnlyDictionary<string, MetricReading>> ReadAsync(IReadOnlyDictionary<string, Metric> metrics, CancellationToken cancellation = default)
    {
        var queries = metrics.Values.SelectMany(metric => new[] { ValueOf(metric), SamplesOf(metric) }).OfType<string>().Distinct(StringComparer.Ordinal);
        var answers = (await Task.WhenAll(queries.Select(async query => (query, reading: await ReadAsync(query, cancellation))))).ToDictionary(pair => pair.query, pair => pair.reading);
        return metrics.ToDictionary(metric => metric.Key, metric => Combine(metric.Value, answers));
    }

    public async Task<string?> ProbeAsync(CancellationToken cancellation = default)
    {
        try
        {
            await api.QueryAsync("vector(1)", cancellation);
            return null;
        }
        catch (OutboundException failure)
        {
            return failure.Message;
        }
    }

    public Task<IReadOnlyList<Alert>> AlertsAsync(CancellationToken cancellation) => api.AlertsAsync(cancellation);

    public async Task<IReadOnlyList<Alert>> AlertsWithinAsync(TimeSpan span, CancellationToken cancellation)
    {
        var query = string.Create(CultureInfo.InvariantCulture, $"present_over_time(ALERTS{{alertstate=\"firing\"}}[{Math.Max(1, Math.Ceiling(span.TotalSeconds)):0}s])");
        return [.. (await api.QueryAsync(query, cancellation)).Series.Select(series => new Alert
        {
            Name = series.Labels.GetValueOrDefault("alertname", "(without a name)"),
            Firing = true,
            Labels = series.Labels,
        })];
    }

    private static string? ValueOf(Metric metric) => metric.Query ?? metric.Value;

    private static string? SamplesOf(Metric metric) => metric.SamplesQuery ?? metric.Samples;

    private static MetricReading Combine(Metric metric, Dictionary<string, MetricReading> answers)
    {
        if (ValueOf(metric) is not { } query) return MetricReading.Error("the metric states no value: a Prometheus source needs a query");
        var value = answers[query];
        if (value.Kind != MetricReadingKind.Value || SamplesOf(metric) is not { } samplesQuery) return value;
        var samples = answers[samplesQuery];
        if (samples.Kind == MetricReadingKind.Error) return samples with { Reason = $"the number of samples: {samples.Reason}" };
        var note = samples.Note.Length == 0 || samples.Note == value.Note ? value.Note : value.Note.Length == 0 ? samples.Note : $"{value.Note}; {samples.Note}";
        return value with { Samples = samples.Value is { } count && !double.IsNaN(count) ? count : null, Note = note };
    }

    private async Task<MetricReading> ReadAsync(string query, CancellationToken cancellation)
    {
        try
        {
            var vector = await api.QueryAsync(query, cancellation);
            return vector.Series switch
            {
                [] => MetricReading.NoData($"the query gives no series{(vector.Note.Length == 0 ? "" : $" ({vector.Note})")}"),
                [var only] => MetricReading.Of(only.Value) with { Note = NoteOf(only, vector.Note) },
                var several => MetricReading.Error(TooMany(several)),
            };
        }
        catch (OutboundException failure)
        {
            return MetricReading.Error(failure.Message);
        }
    }

    /// <summary>Prometheus itself answers for its own now; a cache in between, or a clock that is wrong, shows here.</summary>
    private string NoteOf(PrometheusSeries series, string note)
    {
        var age = time.GetUtcNow() - series.At;
        if (age.Duration() <= TolerableAge) return note;
        var stale = $"it is as of {series.At.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)}, {PlaybookDuration.Format(TimeSpan.FromSeconds(Math.Round(age.Duration().TotalSeconds)))} {(age > TimeSpan.Zero ? "ago" : "ahead of this host's clock")}";
        return note.Length == 0 ? stale : $"{note}; {stale}";
    }

    private static string TooMany(IReadOnlyList<PrometheusSeries> several)
    {
        var shown = several.Take(SeriesShown).Select(series => "{" + string.Join(", ", series.Labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}=\"{label.Value}\"")) + "}");
        var rest = several.Count > SeriesShown ? $" and {several.Count - SeriesShown} more" : "";
        return $"the query gives {several.Count} series where one number is needed: {string.Join(", ", shown)}{rest}; aggregate them, for example sum(…) or max(…)";
    }
}
