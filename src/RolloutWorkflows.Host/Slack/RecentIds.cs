namespace RolloutWorkflows.Host;

/// <summary>Ids that were seen a short while ago, to leave out what is delivered several times. It saves a second dialog or message and no more: what counts is counted once by the run. Thread-safe.</summary>
internal sealed class RecentIds(TimeProvider time)
{
    public const int Maximum = 10_000;

    /// <summary>Longer than anything is delivered again.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(30);

    private readonly Lock gate = new();
    private readonly HashSet<string> ids = new(StringComparer.Ordinal);
    private readonly Queue<(string Id, DateTimeOffset At)> order = [];

    /// <summary>True where it was not seen before.</summary>
    public bool Add(string id)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            while (order.TryPeek(out var oldest) && now - oldest.At > Kept) ids.Remove(order.Dequeue().Id);
            if (!ids.Add(id)) return false;
            if (order.Count >= Maximum) ids.Remove(order.Dequeue().Id);
            order.Enqueue((id, now));
            return true;
        }
    }
}
