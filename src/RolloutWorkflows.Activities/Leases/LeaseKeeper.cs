namespace RolloutWorkflows.Activities;

/// <summary>
/// Takes leases for runs and tells who holds one. A lease of a run that has ended is free, and so is one of a run that
/// does not exist, once a start had time to schedule it: a process that dies in between leaves no lease behind for ever.
/// </summary>
public sealed class LeaseKeeper(ILeases leases, IRunLives runs, TimeProvider time)
{
    /// <summary>How long a lease counts without its run. Between taking it and scheduling the run lie milliseconds.</summary>
    public static readonly TimeSpan StartTakesAtMost = TimeSpan.FromMinutes(1);

    /// <summary>Takes all targets or none; returns the leases of other runs that stand in the way.</summary>
    public async Task<IReadOnlyList<Lease>> TakeAsync(string runId, string playbook, IReadOnlyCollection<string> targets, CancellationToken cancellation = default)
    {
        var ended = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            var inTheWay = await leases.TakeAsync(new LeaseRequest { RunId = runId, Playbook = playbook, Targets = targets, Since = time.GetUtcNow(), Ended = ended }, cancellation);
            var free = new List<string>();
            foreach (var lease in inTheWay.DistinctBy(lease => lease.RunId))
                if (!ended.Contains(lease.RunId) && await IsFreeAsync(lease, cancellation)) free.Add(lease.RunId);
            if (free.Count == 0) return inTheWay;
            ended.UnionWith(free);
        }
    }

    /// <summary>Who holds a target now; null where it is free.</summary>
    public async Task<Lease?> FindHolderAsync(string target, CancellationToken cancellation = default) =>
        await leases.FindAsync(target, cancellation) is { } lease && !await IsFreeAsync(lease, cancellation) ? lease : null;

    private async Task<bool> IsFreeAsync(Lease lease, CancellationToken cancellation) => await runs.OfAsync(lease.RunId, cancellation) switch
    {
        RunLife.Ended => true,
        RunLife.Absent => time.GetUtcNow() - lease.Since > StartTakesAtMost,
        _ => false,
    };
}
