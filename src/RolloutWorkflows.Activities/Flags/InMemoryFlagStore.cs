namespace RolloutWorkflows.Activities;

/// <summary>Flags in memory, for tests and simulations. Nothing outlives the process.</summary>
public sealed class InMemoryFlagStore(TimeProvider time) : IFlagStore
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, FlagState> _flags = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Flag, string Run), FlagFence> _fences = [];
    private readonly List<FlagAuditEntry> _audit = [];

    public ValueTask<FlagState?> FindAsync(string flag, CancellationToken cancellation = default)
    {
        lock (_lock) return new(_flags.GetValueOrDefault(flag));
    }

    public ValueTask<IReadOnlyList<FlagState>> ListAsync(CancellationToken cancellation = default)
    {
        lock (_lock) return new([.. _flags.Values]);
    }

    public ValueTask<FlagChangeResult> ChangeAsync(FlagChange change, CancellationToken cancellation = default)
    {
        FlagNames.Require(change.Flag);
        lock (_lock)
        {
            var result = Decide(change);
            _audit.Add(FlagTransition.Audit(_audit.Count + 1, change, result, time.GetUtcNow()));
            return new(result);
        }
    }

    public ValueTask<IReadOnlyList<FlagAuditEntry>> AuditAsync(string? flag, int limit = 100, long? before = null, CancellationToken cancellation = default)
    {
        lock (_lock)
        {
            return new([.. Enumerable.Reverse(_audit)
                .Where(entry => (flag is null || entry.Flag == flag) && (before is null || entry.Number < before))
                .Take(limit)]);
        }
    }

    private FlagChangeResult Decide(FlagChange change)
    {
        var present = _flags.GetValueOrDefault(change.Flag);
        var seen = change.Fence is { } fence ? _fences.GetValueOrDefault((change.Flag, fence.RunId)) : null;
        var result = FlagTransition.Decide(change, present, seen, time.GetUtcNow());
        if (result.Outcome == FlagChangeOutcome.Refused) return result;
        _flags[change.Flag] = result.After!;
        if (change.Fence is { } accepted) _fences[(change.Flag, accepted.RunId)] = accepted;
        return result;
    }
}
