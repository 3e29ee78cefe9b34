using System.Globalization;
using System.Text;

namespace Web4Service;

/// <summary>Counts since the start, in Prometheus' text format. Thread-safe.</summary>
internal sealed class RequestMetrics(IFlags flags)
{
    private static readonly double[] Bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1];

    private readonly Lock _lock = new();
    private readonly SortedDictionary<(string Bar, string Outcome), long> _requests = [];
    private readonly long[] _buckets = new long[Bounds.Length];
    private double _seconds;
    private long _count;

    public void Add(Visit visit)
    {
        lock (_lock)
        {
            var key = (visit.HasFeature ? "new" : "old", visit.Failed ? "error" : "ok");
            _requests[key] = _requests.GetValueOrDefault(key) + 1;
            for (var index = 0; index < Bounds.Length; index++)
            {
                if (visit.Took.TotalSeconds <= Bounds[index]) _buckets[index]++;
            }

            _seconds += visit.Took.TotalSeconds;
            _count++;
        }
    }

    public string Text()
    {
        var text = new StringBuilder();
        lock (_lock)
        {
            text.Append("# HELP web4_requests_total Requests by intent bar and outcome.\n# TYPE web4_requests_total counter\n");
            foreach (var ((bar, outcome), count) in _requests)
                text.Append(CultureInfo.InvariantCulture, $"web4_requests_total{{bar=\"{bar}\",outcome=\"{outcome}\"}} {count}\n");
            text.Append("# HELP web4_request_duration_seconds Time to answer.\n# TYPE web4_request_duration_seconds histogram\n");
            for (var index = 0; index < Bounds.Length; index++)
                text.Append(CultureInfo.InvariantCulture, $"web4_request_duration_seconds_bucket{{le=\"{Bounds[index]}\"}} {_buckets[index]}\n");
            text.Append(CultureInfo.InvariantCulture, $"web4_request_duration_seconds_bucket{{le=\"+Inf\"}} {_count}\n");
            text.Append(CultureInfo.InvariantCulture, $"web4_request_duration_seconds_sum {_seconds}\nweb4_request_duration_seconds_count {_count}\n");
        }

        text.Append("# HELP web4_flag_unanswered_total Requests for which the flag server gave no usable answer.\n# TYPE web4_flag_unanswered_total counter\n");
        text.Append(CultureInfo.InvariantCulture, $"web4_flag_unanswered_total {flags.Unanswered}\n");
        return text.ToString();
    }
}
