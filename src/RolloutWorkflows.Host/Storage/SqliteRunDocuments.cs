using RolloutWorkflows.Activities;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host;

/// <summary>The documents of all runs in SQLite. Thread-safe.</summary>
internal sealed class SqliteRunDocuments(RolloutDatabase database) : IRunDocuments
{
    public async ValueTask<RunDocument> AddAsync(string runId, NewDocument document, CancellationToken cancellation = default) =>
        await database.WriteAsync(connection =>
        {
            if (connection.QueryFirst("SELECT count(*) FROM documents WHERE run = ?", row => row.GetInt64(0), runId) >= NewDocument.MaximumPerRun) return null;
            var version = (int)connection.QueryFirst("SELECT coalesce(max(version), 0) FROM documents WHERE run = ? AND name = ?", row => row.GetInt64(0), runId, document.Name) + 1;
            var added = document.ToDocument(version);
            connection.Execute("INSERT INTO documents (run, name, version, document, content) VALUES (?, ?, ?, ?, ?)", runId, added.Name, version, StorageJson.Write(added), document.Content);
            return added;
        }) ?? throw new RunDocumentsFullException(runId);

    public ValueTask<IReadOnlyList<RunDocument>> ListAsync(string runId, CancellationToken cancellation = default) =>
        new(database.Read(connection => connection.Query("SELECT document FROM documents WHERE run = ? ORDER BY name, version", row => StorageJson.Read<RunDocument>(row.GetString(0)), runId)));

    public ValueTask<RunDocument?> FindAsync(string runId, string name, CancellationToken cancellation = default) =>
        new(database.Read(connection => connection.QueryFirst(
            "SELECT document FROM documents WHERE run = ? AND name = ? ORDER BY version DESC LIMIT 1", row => StorageJson.Read<RunDocument>(row.GetString(0)), runId, name)));

    public ValueTask<byte[]?> ReadAsync(string runId, string name, int version, CancellationToken cancellation = default) =>
        new(database.Read(connection => connection.QueryFirst(
            "SELECT content FROM documents WHERE run = ? AND name = ? AND version = ?", row => row.GetBytesOrNull(0), runId, name, (long)version)));

    public async ValueTask RemoveAsync(string runId, string name, int version, CancellationToken cancellation = default) =>
        await database.WriteAsync(connection => connection.Execute("DELETE FROM documents WHERE run = ? AND name = ? AND version = ?", runId, name, (long)version));
}
