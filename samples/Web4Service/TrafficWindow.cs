namespace Web4Service;

/// <summary>The visits of the last moments and what they say. Thread-safe.</summary>
internal sealed class TrafficWindow(TimeSpan span, TimeProvider time)
{
    private const int MaximumKnownUsers = 100_000;

    private readonly Lock _lock = new();
    private readonly Queue<(long At, Visit Visit, bool? WentWellBefore)> _visits = new();
    private readonly Dictionary<string, bool> _wentWell = new(StringComparer.Ordinal);

    public void Add(Visit visit)
    {
        lock (_lock)
        {
            bool? before = _wentWell.TryGetValue(visit.User, out var well) ? well : null;
            if (before is not null || _wentWell.Count < MaximumKnownUsers) _wentWell[visit.User] = visit.Completed;
            _visits.Enqueue((time.GetTimestamp(), visit, before));
            Prune();
        }
    }

    public StatusDocument Status()
    {
        lock (_lock)
        {
            Prune();
            var all = _visits.Select(entry => entry.Visit).ToList();
            var withFeature = all.Where(visit => visit.HasFeature).ToList();
            // People are asked about the feature once somebody has it.
            var asked = withFeature.Count > 0 ? withFeature : all;
            var returned = _visits.Where(entry => entry.WentWellBefore is not null).Select(entry => entry.WentWellBefore!.Value).ToList();
            return new StatusDocument
            {
                Ops = new OpsStatus
                {
                    ErrorRate = Share(withFeature, visit => visit.Failed),
                    Requests = withFeature.Count,
                    P95Ms = Percentile95(all),
                    AllRequests = all.Count,
                },
                Satisfaction = asked.Count == 0 ? null : Math.Round(asked.Average(visit => visit.Stars), 3),
                CompletionRate = Share(asked, visit => visit.Completed),
                Control = ControlOf(all),
                RetentionRate = Share(returned, well => well),
            };
        }
    }

    private static ControlGroup? ControlOf(List<Visit> all)
    {
        var without = all.Where(visit => !visit.HasFeature).ToList();
        return without.Count == 0 ? null : new ControlGroup
        {
            Requests = without.Count,
            P95Ms = Percentile95(without),
            Satisfaction = Math.Round(without.Average(visit => visit.Stars), 3),
            CompletionRate = Share(without, visit => visit.Completed),
        };
    }

    private void Prune()
    {
        while (_visits.TryPeek(out var oldest) && time.GetElapsedTime(oldest.At) > span) _visits.Dequeue();
    }

    private static double? Share<T>(List<T> items, Func<T, bool> counts) => items.Count == 0 ? null : Math.Round((double)items.Count(counts) / items.Count, 6);

    private static double? Percentile95(List<Visit> visits)
    {
        if (visits.Count == 0) return null;
        var ordered = visits.Select(visit => visit.Took.TotalMilliseconds).Order().ToList();
        return Math.Round(ordered[(int)Math.Ceiling(ordered.Count * 0.95) - 1], 3);
    }
}
