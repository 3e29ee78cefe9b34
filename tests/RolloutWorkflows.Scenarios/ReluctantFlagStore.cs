using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Scenarios;

/// <summary>A flag store that can be told to take no changes, to take its time with one, or to tell nothing, for a while.</summary>
internal sealed class ReluctantFlagStore(IFlagStore store, TimeProvider time) : IFlagStore
{
    public bool Broken { get; set; }

    public bool Silent { get; set; }

    /// <summary>How long the next change is under way before it reaches the store; those after it are as fast as ever.</summary>
    public TimeSpan NextTakes { get; set; }

    public ValueTask<FlagState?> FindAsync(string flag, CancellationToken cancellation = default) =>
        Silent ? throw new IOException("the flag store is down") : store.FindAsync(flag, cancellation);

    public ValueTask<IReadOnlyList<FlagState>> ListAsync(CancellationToken cancellation = default) => store.ListAsync(cancellation);

    public async ValueTask<FlagChangeResult> ChangeAsync(FlagChange change, CancellationToken cancellation = default)
    {
        if (Broken) throw new IOException("the flag store is down");
        var takes = NextTakes;
        NextTakes = TimeSpan.Zero;
        if (takes > TimeSpan.Zero) await Task.Delay(takes, time, cancellation);
        return await store.ChangeAsync(change, cancellation);
    }

    public ValueTask<IReadOnlyList<FlagAuditEntry>> AuditAsync(string? flag, int limit = 100, long? before = null, CancellationToken cancellation = default) =>
        store.AuditAsync(flag, limit, before, cancellation);
}
