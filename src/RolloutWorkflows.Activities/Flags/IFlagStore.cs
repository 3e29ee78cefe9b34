namespace RolloutWorkflows.Activities;

/// <summary>
/// The built-in flags. Every change is atomic, durable before the call returns, audited, and fenced by the run that
/// makes it. Thread-safe.
/// </summary>
public interface IFlagStore
{
    /// <summary>The flag, or null where there is none of that name.</summary>
    ValueTask<FlagState?> FindAsync(string flag, CancellationToken cancellation = default);

    /// <summary>All flags, ordered by name.</summary>
    ValueTask<IReadOnlyList<FlagState>> ListAsync(CancellationToken cancellation = default);

    /// <summary>
    /// Changes a flag. A change whose fence is older than one that the flag has seen from the same run is refused; one
    /// with an equal fence is accepted, because it is the same change delivered twice. An exception from
    /// <see cref="FlagChange.Apply"/> passes through and changes nothing. A name with <c>/</c> or without characters is
    /// an <see cref="ArgumentException"/>.
    /// </summary>
    ValueTask<FlagChangeResult> ChangeAsync(FlagChange change, CancellationToken cancellation = default);

    /// <summary>Audit lines, newest first; of one flag, or of all where <paramref name="flag"/> is null.</summary>
    /// <param name="flag">The flag, or null for all.</param>
    /// <param name="limit">At most so many lines.</param>
    /// <param name="before">Only lines with a lower <see cref="FlagAuditEntry.Number"/>; null: from the newest on.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    ValueTask<IReadOnlyList<FlagAuditEntry>> AuditAsync(string? flag, int limit = 100, long? before = null, CancellationToken cancellation = default);
}
