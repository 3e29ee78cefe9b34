namespace RolloutWorkflows.Activities;

/// <summary>Evidence in memory, for tests and simulations.</summary>
public sealed class InMemoryEvidenceStore : IEvidenceStore
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<(string Run, int Number), StoredEvidence> _documents = [];

    public ValueTask<bool> AddAsync(StoredEvidence document, CancellationToken cancellation = default)
    {
        lock (_lock) return new(_documents.TryAdd((document.RunId, document.Number), document));
    }

    public ValueTask<IReadOnlyList<StoredEvidence>> ListAsync(string runId, CancellationToken cancellation = default)
    {
        lock (_lock) return new([.. _documents.Values.Where(document => document.RunId == runId)]);
    }

    public ValueTask<StoredEvidence?> FindAsync(string runId, int number, CancellationToken cancellation = default)
    {
        lock (_lock) return new(_documents.GetValueOrDefault((runId, number)));
    }
}
