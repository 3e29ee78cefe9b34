using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Enumeration;
using System.Text.Json;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Measures this host's own past runs from their records: how long faults took to detect and to undo, over the last ended
/// runs of some playbooks, and where that goes. Runs that go on, and so the one that asks, are left out.
/// </summary>
internal sealed class RolloutMetricSource(IRunLog log) : IMetricSource
{
    private const int PageSize = 100;

    /// <summary>What ended runs came to. A run that is reopened gets another last line, and is read again.</summary>
    private readonly ConcurrentDictionary<string, (string LastEntry, RunRecovery? Recovery)> _known = new(StringComparer.Ordinal);

    public async Task<IReadOnlyDictionary<string, MetricReading>> ReadAsync(IReadOnlyDictionary<string, Metric> metrics, CancellationToken cancellation = default)
    {
        var readings = new Dictionary<string, MetricReading>();
        foreach (var (name, metric) in metrics) readings[name] = await ReadAsync(metric, cancellation);
        return readings;
    }

    public Task<string?> ProbeAsync(CancellationToken cancellation = default) => Task.FromResult<string?>(null);

    private async Task<MetricReading> ReadAsync(Metric metric, CancellationToken cancellation)
    {
        if (metric.Playbook is not { Length: > 0 } playbook) return MetricReading.Error("the metric does not say of which playbook's runs it speaks");
        var last = metric.Last ?? RolloutMetrics.DefaultLast;
        var runs = await LastRunsAsync(playbook, last, cancellation);
        if (runs.Count == 0) return MetricReading.NoData($"no run of {playbook} has ended on this host");
        var rollbacks = runs.SelectMany(run => run.Rollbacks).ToList();
        return metric.Value switch
        {
            RolloutMetrics.Runs => MetricReading.Of(runs.Count, runs.Count),
            RolloutMetrics.Rollbacks => MetricReading.Of(rollbacks.Count, runs.Count),
            RolloutMetrics.Mttd => MeanOf([.. rollbacks.Select(rollback => rollback.Detected).OfType<TimeSpan>()], runs.Count, playbook, "rolled back by a guardrail"),
            RolloutMetrics.Mttr => MeanOf([.. rollbacks.Select(rollback => rollback.Took).OfType<TimeSpan>()], runs.Count, playbook, "rolled back"),
            RolloutMetrics.MttdTrend => TrendOf([.. runs.Select(run => run.Mttd).OfType<double>()], runs.Count, playbook, "rolled back by a guardrail"),
            RolloutMetrics.MttrTrend => TrendOf([.. runs.Select(run => run.Mttr).OfType<double>()], runs.Count, playbook, "rolled back"),
            var other => MetricReading.Error($"unknown value '{other}'; known: {string.Join(", ", RolloutMetrics.Values)}"),
        };
    }

    private static MetricReading MeanOf(List<TimeSpan> spans, int runs, string playbook, string what) => spans.Count == 0
        ? MetricReading.NoData(string.Create(CultureInfo.InvariantCulture, $"none of the last {runs} run(s) of {playbook} was {what}"))
        : MetricReading.Of(spans.Average(span => span.TotalSeconds), spans.Count);

    private static MetricReading TrendOf(List<double> newestFirst, int runs, string playbook, string what) => newestFirst.Count < 2
        ? MetricReading.NoData(string.Create(CultureInfo.InvariantCulture, $"{newestFirst.Count} of the last {runs} run(s) of {playbook} was {what}, and a trend needs two"))
        : MetricReading.Of(Slope([.. newestFirst.AsEnumerable().Reverse()]), newestFirst.Count);

    /// <summary>The slope of the straight line that fits best (least squares), per run.</summary>
    internal static double Slope(IReadOnlyList<double> oldestFirst)
    {
        var (middle, mean) = ((oldestFirst.Count - 1) / 2d, oldestFirst.Average());
        var spread = oldestFirst.Index().Sum(point => (point.Index - middle) * (point.Index - middle));
        return oldestFirst.Index().Sum(point => (point.Index - middle) * (point.Item - mean)) / spread;
    }

    /// <summary>The runs of these playbooks that have ended, newest start first.</summary>
    private async Task<List<RunRecovery>> LastRunsAsync(string playbook, int last, CancellationToken cancellation)
    {
        var runs = new List<RunRecovery>();
        string? continuation = null;
        do
        {
            var page = await log.ListAsync(PageSize, continuation, cancellation);
            foreach (var listing in page.Runs.Where(listing => PlaybookOf(listing.First) is { } name && FileSystemName.MatchesSimpleExpression(playbook, name, ignoreCase: false)))
            {
                if (await RecoveryOfAsync(listing, cancellation) is { } ended) runs.Add(ended);
                if (runs.Count == last) return runs;
            }

            continuation = page.Continuation;
        }
        while (continuation is not null);
        return runs;
    }

    /// <summary>What a run came to; null while it goes on.</summary>
    private async Task<RunRecovery?> RecoveryOfAsync(RunListing listing, CancellationToken cancellation)
    {
        if (_known.TryGetValue(listing.RunId, out var known) && known.LastEntry == listing.Last.EntryId) return known.Recovery;
        var (rollbacks, ended, position) = (new List<RecoveryTimes>(), false, 0L);
        while (true)
        {
            var page = await log.ReadAsync(listing.RunId, position, cancellation: cancellation);
            if (page.Entries.Count == 0) break;
            position = page.Position;
            foreach (var entry in page.Entries)
            {
                if (entry.Kind == RunLogKind.RollbackFinished) rollbacks.Add(new RecoveryTimes(SpanOf(entry.Data, "detected"), SpanOf(entry.Data, "took")));
                // A run that is rolled back after its end goes on until it ends again.
                if (entry.Kind is RunLogKind.Ended or RunLogKind.RollbackStarted) ended = entry.Kind == RunLogKind.Ended;
            }
        }

        var recovery = ended ? new RunRecovery(listing.RunId, rollbacks) : null;
        _known[listing.RunId] = (listing.Last.EntryId, recovery);
        return recovery;
    }

    private static string? PlaybookOf(RunLogEntry first) =>
        first.Data is { ValueKind: JsonValueKind.Object } data && data.TryGetProperty("playbook", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null;

    private static TimeSpan? SpanOf(JsonElement? data, string name) =>
        data is { ValueKind: JsonValueKind.Object } report && report.TryGetProperty(name, out var span) && span.ValueKind == JsonValueKind.String
        && TimeSpan.TryParse(span.GetString(), CultureInfo.InvariantCulture, out var known) ? known : null;
}
