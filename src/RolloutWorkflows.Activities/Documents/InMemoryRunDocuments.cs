using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>Documents in memory, for tests and simulations.</summary>
public sealed class InMemoryRunDocuments : IRunDocuments
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Run, string Name, int Version), (RunDocument Document, byte[] Content)> _kept = [];

    public ValueTask<RunDocument> AddAsync(string runId, NewDocument document, CancellationToken cancellation = default)
    {
        lock (_lock)
        {
            if (_kept.Keys.Count(key => key.Run == runId) >= NewDocument.MaximumPerRun) throw new RunDocumentsFullException(runId);
            var version = _kept.Keys.Where(key => key.Run == runId && key.Name == document.Name).Select(key => key.Version).DefaultIfEmpty().Max() + 1;
            var added = document.ToDocument(version);
            _kept.Add((runId, document.Name, version), (added, [.. document.Content]));
            return new(added);
        }
    }

    public ValueTask<IReadOnlyList<RunDocument>> ListAsync(string runId, CancellationToken cancellation = default)
    {
        lock (_lock) return new([.. _kept.Where(pair => pair.Key.Run == runId).Select(pair => pair.Value.Document).OrderBy(document => document.Name, StringComparer.Ordinal).ThenBy(document => document.Version)]);
    }

    public async ValueTask<RunDocument?> FindAsync(string runId, string name, CancellationToken cancellation = default) =>
        (await ListAsync(runId, cancellation)).LastOrDefault(document => document.Name == name);

    public ValueTask<byte[]?> ReadAsync(string runId, string name, int version, CancellationToken cancellation = default)
    {
        lock (_lock) return new(_kept.TryGetValue((runId, name, version), out var found) ? [.. found.Content] : null);
    }

    public ValueTask RemoveAsync(string runId, string name, int version, CancellationToken cancellation = default)
    {
        lock (_lock) _kept.Remove((runId, name, version));
        return ValueTask.CompletedTask;
    }
}
