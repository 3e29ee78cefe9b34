using System.Globalization;
using RolloutWorkflows.Activities;
using RolloutWorkflows.DurableTask.Sqlite;

namespace RolloutWorkflows.Host;

/// <summary>Evidence in SQLite.</summary>
internal sealed class SqliteEvidenceStore(RolloutDatabase database) : IEvidenceStore
{
    private const string Columns = "SELECT run, number, sha256, previous, kind, stage, attempt, at, summary, last_line, json, markdown, record, signature FROM evidence";

    public async ValueTask<bool> AddAsync(StoredEvidence document, CancellationToken cancellation = default) =>
        await database.WriteAsync(connection => connection.Execute(
            """
            INSERT INTO evidence (run, number, sha256, previous, kind, stage, attempt, at, summary, last_line, json, markdown, record, signature)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """,
            document.RunId, document.Number, document.Sha256, document.Previous, document.Kind.ToString().ToLower(CultureInfo.InvariantCulture), document.Stage, (long?)document.Attempt,
            document.At.UtcTicks, document.Summary, document.LastLine, document.Json, document.Markdown, document.Record, document.Signature)) > 0;

    public ValueTask<IReadOnlyList<StoredEvidence>> ListAsync(string runId, CancellationToken cancellation = default) =>
        new(database.Read(connection => connection.Query($"{Columns} WHERE run = ? ORDER BY number", ToDocument, runId)));

    public ValueTask<StoredEvidence?> FindAsync(string runId, int number, CancellationToken cancellation = default) =>
        new(database.Read(connection => connection.QueryFirst($"{Columns} WHERE run = ? AND number = ?", ToDocument, runId, number)));

    private static StoredEvidence ToDocument(SqliteStatement row) => new()
    {
        RunId = row.GetString(0),
        Number = row.GetInt32(1),
        Sha256 = row.GetString(2),
        Previous = Text(row, 3),
        Kind = Enum.Parse<EvidenceKind>(row.GetString(4), ignoreCase: true),
        Stage = Text(row, 5),
        Attempt = row.IsNull(6) ? null : row.GetInt32(6),
        At = new DateTimeOffset(row.GetInt64(7), TimeSpan.Zero),
        Summary = row.GetString(8),
        LastLine = row.GetInt32(9),
        Json = row.GetString(10),
        Markdown = row.GetString(11),
        Record = row.GetString(12),
        Signature = Text(row, 13),
    };

    private static string? Text(SqliteStatement row, int column) => row.IsNull(column) ? null : row.GetString(column);
}
