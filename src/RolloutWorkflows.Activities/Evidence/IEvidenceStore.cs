namespace RolloutWorkflows.Activities;

/// <summary>The evidence of all runs: appended, never changed. Every call is atomic and durable before it returns. Thread-safe.</summary>
public interface IEvidenceStore
{
    /// <summary>Keeps a document. False: one of that number stands there already, and stays.</summary>
    ValueTask<bool> AddAsync(StoredEvidence document, CancellationToken cancellation = default);

    /// <summary>A run's documents by number.</summary>
    ValueTask<IReadOnlyList<StoredEvidence>> ListAsync(string runId, CancellationToken cancellation = default);

    /// <summary>One document, or null.</summary>
    ValueTask<StoredEvidence?> FindAsync(string runId, int number, CancellationToken cancellation = default);
}
