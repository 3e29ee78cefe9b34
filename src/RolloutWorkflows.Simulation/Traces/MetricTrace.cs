using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Simulation;

/// <summary>Recorded metrics: at any moment the last value recorded by then counts, for as long as it is fresh. Immutable.</summary>
public sealed class MetricTrace : IMetricTrace
{
    /// <summary>A value counts for so many of the trace's usual steps; longer gaps are no data.</summary>
    private const int FreshSteps = 5;

    private readonly Dictionary<string, TraceSample[]> series;
    private readonly Dictionary<string, TimeSpan> freshFor;

    /// <param name="series">Values by metric, in any order.</param>
    /// <exception cref="MetricTraceException">There is nothing recorded.</exception>
    public MetricTrace(IReadOnlyDictionary<string, IReadOnlyList<TraceSample>> series)
    {
        this.series = series.ToDictionary(metric => metric.Key, metric => metric.Value.OrderBy(sample => sample.At).ToArray());
        if (this.series.Values.All(samples => samples.Length == 0)) throw new MetricTraceException("the trace records nothing: it has no line with a value");
        freshFor = this.series.ToDictionary(metric => metric.Key, metric => FreshSteps * UsualStep(metric.Value));
        From = this.series.Values.Where(samples => samples.Length > 0).Min(samples => samples[0].At);
        To = this.series.Values.Where(samples => samples.Length > 0).Max(samples => samples[^1].At);
    }

    public DateTimeOffset From { get; }

    public DateTimeOffset To { get; }

    public IReadOnlyCollection<string> Metrics => series.Keys;

    MetricReading IMetricTrace.Read(string metric, DateTimeOffset at)
    {
        if (!series.TryGetValue(metric, out var samples)) return MetricReading.NoData($"the trace records no {metric}");
        var index = LastBy(samples, at);
        if (index < 0) return MetricReading.NoData($"the trace of {metric} begins later, at {samples[0].At:u}");
        return at - samples[index].At <= freshFor[metric]
            ? MetricReading.Of(samples[index].Value, samples[index].Samples)
            : MetricReading.NoData($"the trace has no {metric} since {samples[index].At:u}");
    }

    private static int LastBy(TraceSample[] samples, DateTimeOffset at)
    {
        var (low, high) = (0, samples.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (samples[middle].At <= at) low = middle + 1;
            else high = middle - 1;
        }

        return high;
    }

    private static TimeSpan UsualStep(TraceSample[] samples)
    {
        if (samples.Length < 2) return TimeSpan.FromDays(1);
        var steps = samples.Skip(1).Zip(samples, (later, earlier) => later.At - earlier.At).Order().ToList();
        return steps[steps.Count / 2];
    }
}
