namespace RolloutWorkflows.Activities;

/// <summary>Leases in memory, for tests and simulations.</summary>
public sealed class InMemoryLeases : ILeases
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, Lease> _leases = new(StringComparer.Ordinal);

    public ValueTask<IReadOnlyList<Lease>> TakeAsync(LeaseRequest request, CancellationToken cancellation = default)
    {
        lock (_lock)
        {
            var held = request.Targets.Distinct().Select(_leases.GetValueOrDefault).OfType<Lease>().Where(lease => lease.RunId != request.RunId).ToList();
            if (held.Where(lease => !request.Ended.Contains(lease.RunId)).OrderBy(lease => lease.Target, StringComparer.Ordinal).ToList() is { Count: > 0 } inTheWay) return new(inTheWay);
            foreach (var lease in held) _leases.Remove(lease.Target);
            foreach (var target in request.Targets)
                _leases.TryAdd(target, new Lease { Target = target, RunId = request.RunId, Playbook = request.Playbook, Since = request.Since });
            return new([]);
        }
    }

    public ValueTask ReleaseAsync(string runId, CancellationToken cancellation = default)
    {
        lock (_lock)
        {
            foreach (var lease in Of(runId)) _leases.Remove(lease.Target);
            return ValueTask.CompletedTask;
        }
    }

    public ValueTask TakeOverAsync(string fromRun, string toRun, DateTimeOffset since, CancellationToken cancellation = default)
    {
        lock (_lock)
        {
            foreach (var lease in Of(fromRun)) _leases[lease.Target] = lease with { RunId = toRun, Since = since };
            return ValueTask.CompletedTask;
        }
    }

    public ValueTask<Lease?> FindAsync(string target, CancellationToken cancellation = default)
    {
        lock (_lock) return new(_leases.GetValueOrDefault(target));
    }

    public ValueTask<IReadOnlyList<Lease>> ListAsync(string? runId = null, CancellationToken cancellation = default)
    {
        lock (_lock) return new(runId is null ? [.. _leases.Values] : Of(runId));
    }

    private List<Lease> Of(string runId) => [.. _leases.Values.Where(lease => lease.RunId == runId)];
}
