using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Orchestrations.Tests.Scenarios;

/// <summary>A flag store that can be told to take no changes, or to tell nothing, for a while.</summary>
internal sealed class ReluctantFlagStore(IFlagStore store) : IFlagStore
{
    public bool Broken { get; set; }

    public bool Silent { get; set; }

    public ValueTask<FlagState?> FindAsync(string flag, CancellationToken cancellation = default) =>
        Silent ? throw new IOException("the flag store is down") : store.FindAsync(flag, cancellation);

    public ValueTask<IReadOnlyList<FlagState>> ListAsync(CancellationToken cancellation = default) => store.ListAsync(cancellation);

    public ValueTask<FlagChangeResult> ChangeAsync(FlagChange change, CancellationToken cancellation = default) =>
        Broken ? throw new IOException("the flag store is down") : store.ChangeAsync(change, cancellation);

    public ValueTask<IReadOnlyList<FlagAuditEntry>> AuditAsync(string? flag, int limit = 100, long? before = null, CancellationToken cancellation = default) =>
        store.AuditAsync(flag, limit, before, cancellation);
}
