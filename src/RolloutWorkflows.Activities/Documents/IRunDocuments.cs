using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>The documents attached to runs, every version of each: appended, never changed. Their bytes are kept as they came and never interpreted. Thread-safe.</summary>
public interface IRunDocuments
{
    /// <summary>Keeps a document, durable before the call returns, and returns it with its version and digest.</summary>
    /// <exception cref="RunDocumentsFullException">The run has as many as it may have.</exception>
    ValueTask<RunDocument> AddAsync(string runId, NewDocument document, CancellationToken cancellation = default);

    /// <summary>Every version of every document of a run, by name and version.</summary>
    ValueTask<IReadOnlyList<RunDocument>> ListAsync(string runId, CancellationToken cancellation = default);

    /// <summary>The document's newest version; null where there is none.</summary>
    ValueTask<RunDocument?> FindAsync(string runId, string name, CancellationToken cancellation = default);

    /// <summary>The bytes of one version; null where there is none.</summary>
    ValueTask<byte[]?> ReadAsync(string runId, string name, int version, CancellationToken cancellation = default);

    /// <summary>Forgets a version that no run came to know: one that ended meanwhile, or never started. Unknown ones are fine.</summary>
    ValueTask RemoveAsync(string runId, string name, int version, CancellationToken cancellation = default);
}
