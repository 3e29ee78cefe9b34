namespace RolloutWorkflows.Activities;

/// <summary>
/// Which run may change which target. Targets are compared as texts: kinds name theirs so that two targets which touch
/// each other share a text. Every call is atomic and durable before it returns. Thread-safe.
/// </summary>
public interface ILeases
{
    /// <summary>
    /// Takes all targets for the run, or none. What the run has already stays as it is; what an ended run left is taken
    /// over. Returns the leases of others that stand in the way; empty where all were taken.
    /// </summary>
    ValueTask<IReadOnlyList<Lease>> TakeAsync(LeaseRequest request, CancellationToken cancellation = default);

    /// <summary>Frees everything that the run holds. A run without leases is no error.</summary>
    ValueTask ReleaseAsync(string runId, CancellationToken cancellation = default);

    /// <summary>Hands everything that one run holds to another, which supersedes it.</summary>
    ValueTask TakeOverAsync(string fromRun, string toRun, DateTimeOffset since, CancellationToken cancellation = default);

    /// <summary>The lease of a target, or null where nobody holds it.</summary>
    ValueTask<Lease?> FindAsync(string target, CancellationToken cancellation = default);

    /// <summary>All leases of a run, or of every run where <paramref name="runId"/> is null; by target.</summary>
    ValueTask<IReadOnlyList<Lease>> ListAsync(string? runId = null, CancellationToken cancellation = default);
}
